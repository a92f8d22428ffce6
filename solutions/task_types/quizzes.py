"""The questions of lesson 04, and why their wrong choices are wrong."""

from solutions.forms import RIGHT, quiz

WHICH_KIND = quiz(
    "which_kind",
    a=(
        "many-to-one",
        "A spoken sentence goes in, but more than one thing comes out: a whole written sentence.",
        "chose-a",
    ),
    b=(
        "one-to-many",
        "A sentence comes out, but what goes in is a sequence, too: a hundred slices of sound a second.",
        "chose-b",
    ),
    c=(
        "many-to-many, same length",
        "Both are sequences, yes. But a second of sound has a hundred slices and perhaps two words: there is no word "
        "for every slice.",
        "chose-c",
    ),
    d=("many-to-many, different length", RIGHT),
    hints=(
        "What goes in: one thing or a sequence? What comes out?",
        "A hundred slices of sound a second go in. How many words come out in that second?",
        "Both are sequences. Is there one output for each input?",
    ),
)

# shown: tests/solutions/test_task_types.py::test_sampling_follows_the_probabilities
# shown: tests/solutions/test_task_types_claims.py::test_cold_it_plays_the_tune_and_hot_it_is_noise
WHY_SAMPLE = quiz(
    "why_sample",
    a=(
        "The likeliest note is less likely than the others together, so it is usually wrong",
        "It can be, but every other single note is less likely still. Being careful isn't the trouble here: what "
        "would you hear on the second day?",
        "chose-a",
    ),
    b=("The same start would give the same tune every time", RIGHT),
    c=(
        "The likeliest note can't be found quickly when there are many",
        "`np.argmax` finds it faster than you can sample. Listen to what comes out of it twice.",
        "chose-c",
    ),
    d=(
        "A network needs noise to remember anything",
        "It remembers without: your `one_to_many` plays six tunes from one input each, and nothing in it is random.",
        "chose-d",
    ),
    hints=(
        "Call `np.argmax` on the same logits twice. What do you get?",
        "What would a composer be worth who, given the same first note, always wrote the same piece?",
        "Greedy choice is a function of the input. Where should variety come from?",
    ),
)

# shown: tests/solutions/test_task_types.py::test_network_without_memory_of_the_first_frame_has_nothing_to_say_of_it
# shown: tests/solutions/test_task_types_claims.py::test_one_frame_alone_does_not_tell_a_movement
WHERE_OUTPUTS = quiz(
    "where_outputs",
    a=(
        "The network has not learned enough",
        "No training could help: hand a friend a single frame and ask which way the square is moving.",
        "chose-a",
    ),
    b=(
        "The first frame is darker than the others",
        "The frames are alike; only the glyph's place differs. What does the network know at the first one?",
        "chose-b",
    ),
    c=("$y_1$ reads $x_1$ and a state that has seen nothing: one frame alone doesn't tell a movement", RIGHT),
    d=(
        "The mask hides the first frame",
        "The mask is False at padding only, and that comes after the film. The first frame is real.",
        "chose-d",
    ),
    hints=(
        "What do you need to see to say that something moved to the left?",
        "What is in h_0?",
        "Write down the definition's y_1. Which inputs can it know?",
    ),
)

# shown: tests/solutions/test_task_types_claims.py::test_forced_it_gets_more_symbols_right_than_alone
WHY_WORSE_ALONE = quiz(
    "why_worse_alone",
    a=("Alone it reads its own symbols, and after a wrong one it is somewhere training never took it", RIGHT),
    b=(
        "Alone it has less time for each symbol",
        "A step is a step: the same sums with the same weights. What differs is what it reads.",
        "chose-b",
    ),
    c=(
        "In training it reads the encoder's state, alone it doesn't",
        "Both start from the context. What differs is what the decoder reads at each step.",
        "chose-c",
    ),
    d=(
        "The argmax is less exact than the softmax",
        "The largest probability belongs to the largest logit, so the choice is the same. What differs is what the "
        "decoder reads at the next step.",
        "chose-d",
    ),
    hints=(
        "What does `decoder_inputs` hand the decoder at step s? And what does `greedy_decode`?",
        "Suppose the second symbol is wrong. What does the third step read, in training and alone?",
        "Errors at one step and at the next: are they independent when it writes alone?",
    ),
)
