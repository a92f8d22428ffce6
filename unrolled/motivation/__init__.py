"""What lesson 01's notebook imports."""

from unrolled.kit.lazily import giving

__getattr__, __all__ = giving(
    {
        "unrolled.kit.style": "use_style",
        "unrolled.kit.waiting": "track",
        "unrolled.motivation.data": "LONG_QUESTIONS OPPOSITE_REVIEWS SHORT_QUESTIONS alphabet_of "
        "as_numbers documentation split_documentation words",
        "unrolled.motivation.pictures": "ngram_window ragged_and_padded sliding_weights",
        "unrolled.motivation.plots": "cost_of_length pattern_found quality_against_n",
        "unrolled.motivation.widgets": "Autofill",
    }
)
