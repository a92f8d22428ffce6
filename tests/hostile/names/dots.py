# Goes by a name of dots.
LEARNER = "..."
