"""The questions of lesson 02, and why their wrong choices are wrong."""

from solutions.forms import RIGHT, quiz

WHAT_Y_1_READS = quiz(
    "what_y_1_reads",
    a=(
        "$x_1$ only: there is no state yet",
        "There is a state before the first step: h_0. It is often zeros, but it need not be, and your checks use "
        "others.",
    ),
    b=("$x_1$ and $h_0$", RIGHT),
    c=(
        "$x_1$ and $h_1$",
        "That is the order of the textbooks: step, then read. In the definition y_t reads h_{t-1}; for y_1 that is "
        "h_0.",
    ),
    d=(
        r"all of $x_1, \dots, x_T$",
        "Information only flows forward in time. What comes after x_1 can't change y_1.",
    ),
    hints=(
        "Write the definition's first line down for t = 1.",
        "y_1 = g(w_x x_1 + w_h h_{1-1} + w_0). Which symbols in it are no weights?",
        "h_{1-1} is h_0, the notepad before the first word: it is there before anything was read.",
    ),
)

WHAT_X_3_CHANGES = quiz(
    "what_x_3_changes",
    a=(
        "$y_3$ only",
        "x_3 also enters h_3, and h_3 is read by the next step, which hands it on.",
    ),
    b=(
        "$h_3$ and $y_4$, then everything after them",
        "Everything that depends on x_3 through the state is there, but y_3 also reads x_3 directly, through w_x.",
    ),
    c=("$y_3$ and $h_3$, then everything after them", RIGHT),
    d=(
        "all the states and outputs",
        "h_1, h_2, y_1 and y_2 are made before x_3 is read.",
    ),
    hints=(
        "Move the slider of a number of x_2 in the picture above, and watch which numbers move.",
        "Put t = 3 into both lines of the definition: which two things read x_3 directly?",
        "Both y_3 and h_3 read x_3. And who reads h_3? y_4 and h_4; so it goes on.",
    ),
)

SAME_NUMBERS_SHIFTED = quiz(
    "same_numbers_shifted",
    a=(
        "the two give the same outputs",
        "At step t one reads h_{t-1} and the other h_t: the same numbers, but not at the same time.",
    ),
    b=(
        "the two have nothing in common",
        "Both make the same states, and both apply g(w_h h + w_0) to one of them. Which one, at step t?",
    ),
    c=(
        "the definition's $y_t$ is the textbook's $y_{t+1}$",
        "The definition reads the older state: it needs one more step, not one less, to see the same.",
    ),
    d=("the definition's $y_{t+1}$ is the textbook's $y_t$", RIGHT),
    hints=(
        "With w_x = 0 both outputs are g(w_h h + w_0), of some state h. Which one is it at step t, in each reading?",
        "The definition's y_t reads h_{t-1}, the textbook's y_t reads h_t. At which step does the definition read h_t?",
        "Look at the two printed rows above: which one is the other, moved by one place, and in which direction?",
    ),
)
