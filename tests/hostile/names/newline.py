# Goes by a name of two lines.
LEARNER = "eve\nada  17 of 17"
