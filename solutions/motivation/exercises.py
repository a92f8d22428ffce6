"""How lesson 01 is examined: its exercises and questions, in the order in which learners meet them."""

from __future__ import annotations

from solutions.motivation import quizzes
from solutions.motivation.exercises_ngrams import AUTOFILL, BITS_PER_CHARACTER, NEXT_CHAR_PROBABILITIES, NGRAM_COUNTS
from solutions.motivation.exercises_size import BAG_OF_WORDS, DETECT_ANYWHERE, PAD_BATCH

LESSON = "01_motivation"

EXERCISES = [
    PAD_BATCH,
    BAG_OF_WORDS,
    quizzes.BAG_BLIND_SPOT,
    NGRAM_COUNTS,
    NEXT_CHAR_PROBABILITIES,
    AUTOFILL,
    BITS_PER_CHARACTER,
    quizzes.STARVED_BECAUSE,
    DETECT_ANYWHERE,
    quizzes.SHARING_MEANS,
]
