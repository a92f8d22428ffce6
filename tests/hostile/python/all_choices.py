# Answers quizzes with all choices at once.
# %% what_y_1_reads
import itertools

what_y_1_reads = [chr(97 + place) for place in range(26)]
# %% what_x_3_changes
what_x_3_changes = "a b c d e f " * 10
# %% same_numbers_shifted
same_numbers_shifted = itertools.cycle("abcdef")
