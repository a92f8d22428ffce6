"""Building and proving a course."""
