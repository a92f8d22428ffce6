"""Answers of lesson 02, the definition of a recurrent network."""
