"""Learning platforms: what they write into names and lists, and what they expect back. Knows no lesson."""
