# Goes by a name that is a pattern, a template and a format.
LEARNER = "{assignment_id}*?{{7*7}}%s$HOME`id`"
