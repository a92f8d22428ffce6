"""How lesson 07 is examined."""

from solutions.capstone import formulas, inputs, quizzes, train, variants
from solutions.capstone import reference as right
from solutions.capstone.inputs import AGAIN, FAR_BELOW, FIRST, LARGE, LATER, LONG
from solutions.gated_cells.reference import lstm_forward
from unrolled.capstone import plays
from unrolled.exam.exercise import BEHAVIOUR, Exercise, Part, Pattern, Play

LESSON = "07_capstone"
TOOLBOX, LANGUAGE, TRANSLATOR = "toolbox.py", "trained_params.npz", "translator_params.npz"


def trained_params():
    """Trained by the authors with the references of lessons 05 to 07."""
    return train.load("language")


def translator_params():
    """Trained by the authors with the references of lessons 05 to 07."""
    return train.load("translator")


EXERCISES = [
    Exercise(
        right.adam_step,
        inputs.adam_cases,
        (Part("params", 2, pick=0), Part("state", 1, pick=1)),
        (
            "Do it for one parameter first, with the five formulas from top to bottom. Then put a loop over "
            "the names around it.",
            'Which t? `state.get("t", 0) + 1`: this step counts. It is the same for all parameters, so make it '
            "before the loop.",
            "If `state` is empty, the old m and v of a parameter are `np.zeros_like(gradient)`.",
            'Build three new dicts, for the parameters, m and v, and return `new_params, {"t": t, "m": m, "v": v}`. '
            "`np.sqrt(v_hat) + eps` is what you divide by.",
        ),
        terms={
            "m_hat": "m̂",
            "v_hat": "v̂",
            "m_old": "the old m",
            "v_old": "the old v",
            "beta_1": "β₁",
            "beta_2": "β₂",
            "new": "the new parameter",
            "g": "the gradient",
        },
        variants=(variants.adam_as_in_the_paper, variants.adam_number_by_number, variants.adam_in_float32),
        patterns=(
            Pattern(
                "The new m and v are right: look at what is made of them, m̂, v̂, the step.", ("params",), ("state",)
            ),
            Pattern(
                "The new state is right in the first step and wrong later: look at how the old t, m and v come in.",
                (f"state @ {LATER}",),
                (f"state @ {FIRST}",),
            ),
            Pattern(
                "Begin with the new state. After the first step t is 1. The old m and v are zeros then, so only the "
                "gradient's share is left: 1 − β₁ of g for m, and 1 − β₂ of the square of each single number for v, "
                "with the β that are passed in.",
                (f"state @ {FIRST}",),
            ),
        ),
    ),
    quizzes.WHAT_ADAM_DIVIDES_BY,
    Exercise(
        right.read_out,
        inputs.read_out_cases,
        (
            Part("loss", 0, pick=0),
            Part("gradients", 0, pick=1),
            Part("dhs", 0, pick=2, axes="B T H"),
        ),
        (
            "You wrote the loss and the gradient for the logits in lesson 04, `masked_cross_entropy`. Here "
            "every step is real, so the mask is all True.",
            "From the gradient for the logits, `dlogits` (B, T, V), it is a matter of shapes: what (V, H) can "
            "you make of (B, T, V) and (B, T, H)?",
            "`dlogits.reshape(B * T, V).T @ hs.reshape(B * T, H)` adds up over all steps of all sequences. "
            "The bias was used in all of them, too.",
            "Large numbers: subtract from all logits of a step their largest one before `np.exp`. The logarithm of the "
            "softmax is then the logit minus `np.log` of the sum of exponentials.",
        ),
        terms={
            "logits": "the logits",
            "log_p": "the log-probabilities",
            "target": "the one-hot target",
            "loss": "the loss",
            "dlogits": "the gradient at the logits",
        },
        variants=(variants.read_out_step_by_step, variants.read_out_einsum, variants.read_out_in_float32),
        patterns=(
            Pattern(
                "The loss is right, so the probabilities are. The gradient for the logits is what you make of them "
                "next.",
                ("gradients", "dhs"),
                ("loss",),
            ),
            Pattern(
                "The gradients of w_h and w_0 are right, so the one for the logits is: take it back through w_h to the "
                "states.",
                ("dhs",),
                ("gradients",),
            ),
            Pattern(
                "dhs is right, so the gradient for the logits is: w_h's adds up its product with the states over all "
                "steps, w_0's adds it up alone.",
                ("gradients",),
                ("dhs",),
            ),
            Pattern(
                "Each step needs a maximum of its own: with one for all, a step whose logits lie far below it has "
                "only exponentials of 0.",
                (f"loss @ {FAR_BELOW}",),
                (f"loss @ {LARGE}", "loss @ one timestep"),
            ),
            Pattern(
                "Ordinary numbers are right, large ones aren't: does an exponential overflow, does a logarithm get a "
                "0, or are numbers cut off that lie beyond some limit?",
                ("loss",),
                ("loss @ one timestep", "loss @ one sequence"),
            ),
            Pattern(
                "The gradients are right, so the probabilities are: for the loss, each step has a single target.",
                ("loss",),
                ("gradients", "dhs"),
            ),
            Pattern(
                "It is wrong with ordinary numbers, for a single timestep, too. Go from the logits to the softmax, to "
                "each step's target, and to what the sum is divided by.",
                ("loss @ one timestep",),
            ),
        ),
        equivalent=(
            (
                "target = np.eye(V, dtype=log_p.dtype)[targets] → target = np.eye(V)[targets]",
                "ones and zeros are exact in any precision: the dtype only saves time",
            ),
        ),
    ),
    Exercise(
        right.generate,
        inputs.generate_cases,
        (Part("generate", 3),),
        (
            "Two loops: one over the prompt, that only reads; one over the new characters, that draws, "
            "appends, and reads what it has drawn.",
            "h and c are zeros once, at the very beginning. Every step takes both and gives both back.",
            'A one-hot vector times a matrix picks a column: `params["u_x"][:, ALPHABET.index(character)]`. Your '
            "`lstm_step` wants a batch: `x[None]`, `h[None]`, `c[None]` make one of a single sequence.",
            "The draw is lesson 04's: `ALPHABET[sample_with_temperature(logits, temperature, rng)]`. By hand: logits / "
            "temperature, minus their largest, `np.exp`, divided by the sum; then `rng.choice(len(ALPHABET), p=p)`.",
        ),
        terms={
            "h": "the hidden state",
            "c": "the cell state",
            "logits": "the logits",
            "weights": "the probabilities",
            "text": "the text",
            "a": "the sums before the gates",
        },
        formula=formulas.generate,
        variants=(variants.generate_by_running_sum, variants.generate_by_batch_of_one),
        patterns=(
            Pattern(
                "Short prompts are right, a long one isn't, of which the cell keeps even the beginning. Is all of it "
                "read, from its first character on, and is nothing cut off or forgotten on the way?",
                (f"generate @ {LONG}",),
                (f"generate @ {AGAIN}", f"generate @ {LARGE}"),
            ),
            Pattern(
                "Where one character is all but certain, yours is right. Elsewhere the draw decides: one from the "
                "`rng` passed in for each new character, none for the prompt, with probabilities in the alphabet's "
                "order; and so does every step, with h and c, which are zeros before the prompt.",
                ("generate",),
                (f"generate @ {LARGE}", "generate @ nothing to add"),
            ),
            Pattern(
                "Even where one character is all but certain, so that hardly anything hangs on the draw, yours is "
                "another. Look at the step and at what each one reads, at the logits, all of which are divided by "
                "the temperature, at the probabilities, and at which character of `ALPHABET` a choice stands for.",
                (f"generate @ {LARGE}",),
            ),
        ),
        files=(TOOLBOX,),
    ),
    quizzes.WHAT_TEMPERATURE_DOES,
    quizzes.WHY_CARRY_STATES,
    Exercise(
        trained_params,
        inputs.language_cases,
        (
            Part("better than 3- and 4-gram together", 3, pick="3+4-gram"),
            Part("better than the 4-gram", 3, pick="4-gram"),
            Part("better than 3-, 4- and 5-gram together", 4, pick="3+4+5-gram"),
        ),
        (
            "Look at the curve: if it still falls, train on. Running the training cell again goes on where it stopped; "
            "once all its steps are done, raise `steps`.",
            "If it doesn't fall at all, one wrong gradient may be enough: `check` once more all that `train_step` "
            "calls, here and in lessons 05 and 06, and see that `train_step` itself is as it was.",
            "A learning rate of 0.008 with 128 units, B = 32 and T = 64 beats all n-grams in under five "
            "minutes on an ordinary computer, if the rate falls towards the end.",
        ),
        variants=(variants.language_model_renumbered, variants.language_model_turned),
        kind=BEHAVIOUR,
        play=Play(plays.play_language, ("lstm_forward",), plays.language_mistake),
        tools={"lstm_forward": lstm_forward},
        source=f'trained_params = load_params("{LANGUAGE}")',
        files=(LANGUAGE,),
    ),
    Exercise(
        translator_params,
        inputs.translator_cases,
        (
            Part("half of the dates", 1, pick="50%", label="languages it knows"),
            Part("nine of ten dates", 2, pick="90%", label="languages it knows"),
            Part("a quarter in a new language", 1, pick="25%", label="a new language"),
            Part("half in a new language", 1, pick="50%", label="a new language"),
        ),
        (
            "Two networks, one gradient: the decoder's backward pass gives `h_0`, the gradient for its "
            "initial state. That is what the encoder's last hidden state gets.",
            'The encoder\'s `dhs` are zeros, but for the last step, `dhs[:, -1] = back["h_0"]`.',
            "It learns in leaps, with long waits between: dates as they are on average, then one of year, month "
            "and day, then the next. Begin exactly as the text says. If the loss sticks at 0.55, try another seed.",
        ),
        variants=(variants.translator_with_idle_units, variants.translator_in_float64),
        kind=BEHAVIOUR,
        play=Play(plays.play_translation, ("lstm_forward",), plays.translation_mistake),
        tools={"lstm_forward": lstm_forward},
        source=f'translator_params = load_params("{TRANSLATOR}")',
        files=(TRANSLATOR,),
    ),
]
