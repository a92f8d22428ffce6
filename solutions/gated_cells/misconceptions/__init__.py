"""Wrong answers of lesson 06 that people really give, a file for each exercise."""
