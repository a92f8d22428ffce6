"""The engine: what an exercise is, how answers are compared, and which mistake a wrong one is. Knows no lesson."""
