# Goes by a name that can't be seen.
LEARNER = " "
