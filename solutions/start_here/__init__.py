"""Answers of lesson 00, how a lesson works."""
