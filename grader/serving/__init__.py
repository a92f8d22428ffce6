"""The hand-in desk: pages where learners hand in and read what came back, for classes without a hub."""
