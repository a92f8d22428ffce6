"""What lesson 06's notebook imports."""

from unrolled.kit.lazily import giving

__getattr__, __all__ = giving(
    {
        "unrolled.gated_cells.pictures": "gru_unit lstm_unit",
        "unrolled.gated_cells.plots": "coloured_text plot_learning plot_reaches plot_unit",
        "unrolled.gated_cells.widgets": "Gates",
        "unrolled.kit.style": "use_style",
        "unrolled.kit.waiting": "track",
        "unrolled.kit.weights": "load",
        "unrolled.vanishing_gradients.data_source": "CODE STRING labels numbers one_hot snippet source stretches",
        "unrolled.vanishing_gradients.plots": "plot_recall_maps",
        "unrolled.vanishing_gradients.recall": "D learned_after recall_batch train_recall",
        "unrolled.vanishing_gradients.widgets": "past_lights_up",
    }
)
