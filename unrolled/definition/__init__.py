"""What lesson 02's notebook imports."""

from unrolled.kit.lazily import giving

__getattr__, __all__ = giving(
    {
        "unrolled.definition.gap": "gap_strings latch_answers ngram_answers share_right",
        "unrolled.definition.pictures": "rolled_and_unrolled two_readings",
        "unrolled.definition.plots": "plot_echoes plot_recall",
        "unrolled.definition.rest": "AtRest",
        "unrolled.definition.widgets": "scrub",
        "unrolled.kit.style": "use_style",
    }
)
