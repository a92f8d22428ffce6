# Goes by the longest name a folder can have.
LEARNER = "e" * 255
