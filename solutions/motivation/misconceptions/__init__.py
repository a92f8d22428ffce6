"""Wrong answers of lesson 01 that people really give, a file for each exercise."""
