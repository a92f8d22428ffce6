# Goes by a name that a spreadsheet would run.
LEARNER = "=HYPERLINK(\"http:evil.example\",\"x\")"
