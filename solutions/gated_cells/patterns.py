"""What lesson 06's exercises have in common: the weights' gradients, and what it means if some checks fail only."""

from solutions.gated_cells.inputs import AGAIN, FIRST, ONE
from unrolled.exam.exercise import Part, Pattern


def sequence(step):
    return (
        Pattern("hs is right for one timestep and wrong beyond: the step is right, so look at what goes into the next.",
                ("hs",), (f"hs @ {ONE}",)),
        Pattern("It is wrong even for one timestep, where nothing is handed on: look at the state the step begins "
                "with, at its equations, and at what you store. "
                f"Once your `{step}` is right, what it makes of `xs[:, 0]` is what belongs into `hs[:, 0]`.",
                (f"hs @ {ONE}",)),
        Pattern("hs is right: look at what you put into the cache, and when.", ("cache",), ("hs",)),
    )  # fmt: skip


def kept_between_calls(parts):
    text = (
        "{} is right at first and wrong when the same call is made again: something is kept from call to call. Start "
        "every call afresh."
    )
    return tuple(Pattern(text.format(part), (f"{part} @ {AGAIN}",), (f"{part} @ {FIRST}",)) for part in parts)


def stacked(points, blocks):
    """The weights' gradients, whose rows are stacked gate by gate."""
    return tuple(Part(f"d{name}", points, name, blocks=blocks) for name in ("u_x", "u_h", "u_0"))


def own_gradient(gate, name, others, shut, squash="sigmoid"):
    """Only this gate's block of du_0 is wrong: its slope, if the block is wrong even where there is none."""
    right = tuple(f"du_0[{other}]" for other in others)
    only = f"Of du_0 only the block {gate} is wrong: {name}'s own gradient is the term to look at"
    return (
        Pattern(f"{only}. It is wrong even where {shut}: there the slope of its {squash} is 0, and so should the block "
                f"be. Look at that slope, and whether it is made of {gate} as the cache has it.",
                (f"du_0[{gate}]", f"du_0[{gate}] @ {shut}"), right, sure=True),
        Pattern(f"{only}. It is right where {shut}, so its slope is there; look at what the slope is multiplied with.",
                (f"du_0[{gate}]",), (*right, f"du_0[{gate}] @ {shut}"), sure=True),
    )  # fmt: skip
