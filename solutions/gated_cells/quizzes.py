"""The questions of lesson 06, and why their wrong choices are wrong."""

from solutions.forms import RIGHT, quiz

WHY_THE_CELL_LASTS = quiz(
    "why_the_cell_lasts",
    a=(
        "its gates can't saturate",
        "The gates do saturate, and that is how it stores: a forget gate at 1 is a saturated one.",
    ),
    b=(
        "its weights are larger, so gradients are as well",
        "On the way along the cell there is no weight matrix at all, large or small.",
    ),
    c=("along the cell a gradient is multiplied by forget gates only, and these may be 1", RIGHT),
    d=(
        "it has four times as many weights to store things in",
        "What is stored is in the states, not in the weights. It carries two of them, h and c, but twice the room "
        "doesn't make a gradient last.",
    ),
)

WHAT_THE_BIAS_DOES = quiz(
    "what_the_bias_does",
    a=("at the start two thousandths of the cell are left after 20 steps, instead of a millionth", RIGHT),
    b=(
        "the unit never forgets, whatever it learns",
        "It is only where training starts. The bias and the weights of the gate are learned like all others.",
    ),
    c=(
        "gradients reach hundreds of steps back from the start",
        "σ(1) is about 0.73: look into the table for what that leaves after 200 steps. It still fades, only less fast.",
    ),
    d=(
        "the input gate opens as well, because gates share their biases",
        "Each gate has a block of biases of its own; `init_lstm` sets one of them.",
    ),
)

WHICH_GRU = quiz(
    "which_gru",
    a=(
        "none: the two are the same function written differently",
        "They are different functions: u_h (r ⊙ h) mixes units after resetting each, r ⊙ (u_h h) before.",
    ),
    b=(
        "the biases: one has them, the other hasn't",
        "Both have biases. PyTorch has two for each gate, which only matters inside the reset.",
    ),
    c=(
        "z: in one it keeps, in the other it writes",
        "Between Cho et al. and PyTorch z means the same: 1 keeps. It is Chung et al. who write it otherwise.",
    ),
    d=("the candidate: one resets the state before u_h multiplies it, the other after", RIGHT),
)
