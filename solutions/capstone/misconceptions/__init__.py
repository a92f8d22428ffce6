"""Wrong answers of lesson 07 that people really give, a file for each exercise."""
