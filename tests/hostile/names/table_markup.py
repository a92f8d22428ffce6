# Goes by a name in the markup of the table.
LEARNER = "[bold red]eve[ "
