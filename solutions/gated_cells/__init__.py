"""Answers of lesson 06, the GRU and the LSTM unit, forward and backward."""
