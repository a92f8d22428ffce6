"""Measurements: each module's `run()` measures something and returns a table that says what it found."""
