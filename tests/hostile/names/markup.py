# Goes by a name that is a script.
LEARNER = "<img src=x onerror=alert(1)>"
