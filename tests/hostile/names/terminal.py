# Goes by a name that commands the terminal.
LEARNER = "\x1b[2J\x1b]0;owned\x07eve\b\b\r"
