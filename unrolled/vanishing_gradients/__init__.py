"""What lesson 05's notebook imports."""

from unrolled.kit.lazily import giving

__getattr__, __all__ = giving(
    {
        "unrolled.kit.style": "use_style",
        "unrolled.kit.waiting": "track",
        "unrolled.kit.weights": "load",
        "unrolled.vanishing_gradients.data_source": "CODE STRING numbers one_hot snippet stretches",
        "unrolled.vanishing_gradients.pictures": "backward_through_time",
        "unrolled.vanishing_gradients.plots": "plot_clipping plot_eps plot_kept plot_norms plot_reach "
        "plot_recall_maps plot_truncation",
        "unrolled.vanishing_gradients.recall": "D recall_batch smooth train_recall",
        "unrolled.vanishing_gradients.widgets": "RadiusSlider past_lights_up",
    }
)
