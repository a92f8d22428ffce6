"""Answers of lesson 03, sharing one set of weights over all timesteps."""
