"""Wrong answers of lesson 04 that people really give, a file for each exercise."""
