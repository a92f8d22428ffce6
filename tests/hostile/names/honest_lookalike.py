# Goes by an honest learner's name, spelt with other letters.
LEARNER = "аda"
