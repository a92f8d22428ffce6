"""The questions of lesson 00, and why their wrong choices are wrong."""

from solutions.forms import RIGHT, quiz

WHAT_CHECK_DOES = quiz(
    "what_check_does",
    a=(
        "It compares the text of your function with the text of the solution.",
        "Then `x + x` would be wrong wherever the solution says `2 * x`. Any way of writing it is right that computes "
        "the right numbers: the check never looks at your text.",
        "text-compared",
    ),
    b=("It calls your function with a few inputs and compares what comes back.", RIGHT),
    c=(
        "It sends your function to the instructor, who looks at it.",
        "Nothing leaves your machine when you check. Your instructor sees your notebook only when you submit it.",
        "sent-away",
    ),
    d=(
        "It decides your points: what is checked is graded.",
        "A check is for you alone, and as often as you like. Points are counted after you submit, with other inputs "
        "than the check uses.",
        "graded-at-once",
    ),
    hints=(
        "Two people may write a function in very different ways and both be right. What can a check look at, then?",
        "Read the first line under *How a check works* again.",
        "A check runs on your own machine, and as often as you like: nothing is sent, nothing is graded.",
    ),
)
