"""Answers of lesson 01, why a sequence needs a network of its own."""
