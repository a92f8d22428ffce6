"""Answers of lesson 04, the four kinds of task, and the training of the weights it ships."""
