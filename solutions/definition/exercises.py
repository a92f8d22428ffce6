"""How lesson 02 is examined."""


from solutions.definition import misconceptions as wrong
from solutions.definition import reference as right
from unrolled.exercise import Case, Exercise, Misconception, Part

LESSON = "02_definition"


def _step(rng):
    for D, H in [(3, 4), (5, 2), (1, 6), (4, 1)]:
        yield Case(tuple(rng.normal(size=s).round(3) for s in [D, H, (H, D), (H, H), H]))


EXERCISES = [
    Exercise(
        right.rnn_step,
        _step,
        (Part("rnn_step", 2),),
        ("a", "b", "c"),
        (
            Misconception("bias-outside", "The bias goes inside the tanh.", wrong.bias_outside),
            Misconception("transposed", "u_h is transposed.", wrong.transposed),
            Misconception("mutated", "You write into h.", wrong.mutated),
        ),
    ),
]
