"""How lesson 05 is examined."""

LESSON = "05_vanishing_gradients"
EXERCISES = []
