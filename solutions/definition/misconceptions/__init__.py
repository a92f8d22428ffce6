"""Wrong answers of lesson 02 that people really give, a file for each exercise."""
