"""Wrong answers of lesson 03 that people really give, a file for each exercise."""
