# Goes by a name that looks like an option.
LEARNER = "--force"
