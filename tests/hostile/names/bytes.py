# Goes by a name that is no text.
LEARNER = "eve\udcff\udcfe"
