# Goes by a name that ends a statement of the gradebook's.
LEARNER = "eve'; DROP TABLE student; --"
