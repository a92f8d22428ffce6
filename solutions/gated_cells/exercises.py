"""How lesson 06 is examined."""

LESSON = "06_gated_cells"
EXERCISES = []
