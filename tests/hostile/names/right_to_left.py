# Goes by a name that reads backwards.
LEARNER = "\u202eeve\u2066\u200b"
