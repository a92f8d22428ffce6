"""What lesson 03's notebook imports."""

from unrolled.kit.lazily import giving

__getattr__, __all__ = giving(
    {
        "unrolled.kit.style": "use_style",
        "unrolled.weight_sharing.pictures": "padded_batch untied_and_tied",
        "unrolled.weight_sharing.plots": "enough learned_early plot_curves plot_padding shared_and_unshared",
        "unrolled.weight_sharing.shifted": "examples found",
        "unrolled.weight_sharing.widgets": "TieAndUntie",
    }
)
