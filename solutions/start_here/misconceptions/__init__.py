"""Wrong answers of lesson 00 that people really give, a file for each exercise."""
