"""Wrong answers of lesson 05 that people really give, a file for each exercise."""
