"""Answers of lesson 07: an optimiser, a network that writes, and one that translates."""
