# Is called what means an honest learner to whoever looks for files.
LEARNER = "[!x]da"
