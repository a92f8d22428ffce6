# Goes by an honest learner's name in capitals.
LEARNER = "ADA"
