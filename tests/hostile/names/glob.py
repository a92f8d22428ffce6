# Is called what means everybody to whoever looks for files.
LEARNER = "*"
