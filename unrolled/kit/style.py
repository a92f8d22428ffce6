"""One look for every figure: colours that colour-blind readers tell apart, text that stays readable."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
from cycler import cycler
from matplotlib.colors import LinearSegmentedColormap, to_hex

# Okabe and Ito's palette (jfly.uni-koeln.de/color), by the role each colour plays in every picture of the course.
INPUT, STATE, OUTPUT = "#0072b2", "#e69f00", "#009e73"
WRONG, ACCENT, SKY, MUTED = "#d55e00", "#cc79a7", "#56b4e9", "#8a8a8a"
CYCLE = (INPUT, WRONG, OUTPUT, ACCENT, STATE, SKY, "#000000")
TEXT = "color-mix(in srgb, {colour} 62%, var(--jp-content-font-color1, currentColor))"  # a colour that can be read
SEQUENTIAL, DIVERGING = "cividis", "PuOr"


def ranked(number: int) -> list[str]:
    """Colours for lines in an order, from blue by way of grey to orange: each readable on white and on black."""
    shades = LinearSegmentedColormap.from_list("ranked", (INPUT, MUTED, WRONG))
    return [to_hex(shades(place)) for place in np.linspace(0, 1, number)]


def use_style() -> None:
    """Set Matplotlib's defaults for a lesson.

    A figure you draw yourself is a white card, readable in any theme; the course's own lose the card when shown.
    """
    mpl.rcParams.update(
        {
            "figure.figsize": (7.2, 3.2),
            "figure.dpi": 110,
            "figure.facecolor": "white",
            "savefig.facecolor": "white",
            "figure.constrained_layout.use": True,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.prop_cycle": cycler(color=CYCLE),
            "axes.titlesize": "medium",
            "axes.titlelocation": "left",
            "image.cmap": SEQUENTIAL,
            "image.interpolation": "nearest",
            "legend.frameon": False,
            "lines.linewidth": 1.8,
        }
    )
