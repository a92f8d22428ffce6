"""One submission: reading, running, cleaning, the verdict."""
