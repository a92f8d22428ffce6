"""What lesson 04's notebook imports."""

from unrolled.kit.lazily import giving

__getattr__, __all__ = giving(
    {
        "unrolled.kit.style": "use_style",
        "unrolled.kit.tokens": "one_hot_batch",
        "unrolled.kit.waiting": "track",
        "unrolled.kit.weights": "weights",
        "unrolled.task_types.data_dates": "data_dates",
        "unrolled.task_types.data_glyphs": "data_glyphs",
        "unrolled.task_types.data_reviews": "data_reviews",
        "unrolled.task_types.data_tunes": "data_tunes",
        "unrolled.task_types.pictures_sequences": "film_strip piano_roll",
        "unrolled.task_types.plots": "languages_right plot_languages plot_temperatures show_errors",
        "unrolled.task_types.widgets": "ChooseTask Compose JudgeReview TranslateDate",
    }
)
