"""Answers of lesson 05, backpropagation through time and what becomes of its gradients."""
