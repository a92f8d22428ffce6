"""What lesson 07's notebook imports."""

from unrolled.kit.lazily import giving

__getattr__, __all__ = giving(
    {
        "unrolled.capstone.data_language": "ALPHABET V batches numbers one_hot text_of",
        "unrolled.capstone.data_translation": "data_translation",
        "unrolled.capstone.live_training": "Training load_params rate save_params score",
        "unrolled.capstone.memory": "plot_memory",
        "unrolled.capstone.pictures": "as_file page shaded_text",
        "unrolled.capstone.pictures_translation": "translations",
        "unrolled.capstone.plots": "ladder one_update",
        "unrolled.capstone.widgets": "Writer",
        "unrolled.desk.toolbox": "toolbox",
        "unrolled.kit.style": "use_style",
    }
)
