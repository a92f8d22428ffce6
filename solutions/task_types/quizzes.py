"""The quizzes of lesson 04: nothing to earn, wrong choices are explained."""

from unrolled.exam.exercise import VALUE, Exercise, Misconception, Part


def _quiz(name, answer, choices, explanations, hints):
    mistakes = tuple(Misconception(f"chose-{letter}", text, letter) for letter, text in explanations.items())
    return Exercise(answer, parts=(Part(name, 0),), hints=hints, misconceptions=mistakes, name=name, kind=VALUE,
                    choices=choices)  # fmt: skip


WHICH_KIND = _quiz(
    "which_kind",
    "d",
    {
        "a": "many-to-one",
        "b": "one-to-many",
        "c": "many-to-many, same length",
        "d": "many-to-many, different length",
    },
    {
        "a": "A spoken sentence goes in, but more than one thing comes out: a whole written sentence.",
        "b": "A sentence comes out, but what goes in is a sequence, too: a hundred slices of sound a second.",
        "c": "Both are sequences, yes. But a second of sound has a hundred slices and perhaps two words: there is no "
        "word for every slice.",
    },
    (
        "What goes in: one thing or a sequence? What comes out?",
        "A hundred slices of sound a second go in. How many words come out in that second?",
        "Both are sequences. Is there one output for each input?",
    ),
)

WHY_SAMPLE = _quiz(
    "why_sample",
    "b",
    {
        "a": "The likeliest note is less likely than the others together, so it is usually wrong",
        "b": "The same start would give the same tune every time",
        "c": "The likeliest note can't be found quickly when there are many",
        "d": "A network needs noise to remember anything",
    },
    {
        "a": "It can be, but every other single note is less likely still. Being careful isn't the trouble here: "
        "what would you hear on the second day?",
        "c": "`np.argmax` finds it faster than you can sample. Listen to what comes out of it twice.",
        "d": "It remembers without: your `one_to_many` plays six tunes from one input each, and nothing in it is "
        "random.",
    },
    (
        "Call `np.argmax` on the same logits twice. What do you get?",
        "What would a composer be worth who, given the same first note, always wrote the same piece?",
        "Greedy choice is a function of the input. Where should variety come from?",
    ),
)

WHERE_OUTPUTS = _quiz(
    "where_outputs",
    "c",
    {
        "a": "The network has not learned enough",
        "b": "The first frame is darker than the others",
        "c": "y_1 reads x_1 and a state that has seen nothing: one frame alone doesn't tell a movement",
        "d": "The mask hides the first frame",
    },
    {
        "a": "No training could help: hand a friend a single frame and ask which way the square is moving.",
        "b": "The frames are alike; only the glyph's place differs. What does the network know at the first one?",
        "d": "The mask is False at padding only, and that comes after the film. The first frame is real.",
    },
    (
        "What do you need to see to say that something moved to the left?",
        "What is in h_0?",
        "Write down the definition's y_1. Which inputs can it know?",
    ),
)

WHY_WORSE_ALONE = _quiz(
    "why_worse_alone",
    "a",
    {
        "a": "Alone it reads its own symbols, and after a wrong one it is somewhere training never took it",
        "b": "Alone it has less time for each symbol",
        "c": "In training it reads the encoder's state, alone it doesn't",
        "d": "The argmax is less exact than the softmax",
    },
    {
        "b": "A step is a step: the same sums with the same weights. What differs is what it reads.",
        "c": "Both start from the context. What differs is what the decoder reads at each step.",
        "d": "The largest probability belongs to the largest logit, so the choice is the same. What differs is what "
        "the decoder reads at the next step.",
    },
    (
        "What does `decoder_inputs` hand the decoder at step s? And what does `greedy_decode`?",
        "Suppose the second symbol is wrong. What does the third step read, in training and alone?",
        "Errors at one step and at the next: are they independent when it writes alone?",
    ),
)
