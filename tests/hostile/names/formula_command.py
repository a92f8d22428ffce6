# Goes by a name that starts a program from a spreadsheet.
LEARNER = "@SUM(1+1)*cmd|' !A0"
