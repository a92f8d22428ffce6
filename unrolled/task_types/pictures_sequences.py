"""Lesson 04's sequences as pictures: a review's verdict word by word, tunes, films, and a date as it is understood."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_hex

from unrolled.kit.drawing import Drawing
from unrolled.kit.figures import Picture
from unrolled.kit.style import DIVERGING, INPUT, MUTED, OUTPUT, WRONG
from unrolled.task_types.data_tunes import Note


def verdict_picture(words: Sequence[str], logits: np.ndarray, known: Sequence[bool]) -> Picture:
    """What the network would say if the review ended after each word: bars up for praise, down for blame.

    Parameters
    ----------
    words : sequence of T str
    logits : (T,) array
    known : sequence of T bool
        Which words the network has ever seen.
    """
    p = 0.5 + 0.5 * np.tanh(np.asarray(logits, dtype=float) / 2)
    width, places = _columns(words)
    drawing = Drawing(width + 96, 212)
    drawing.text(4, 24, "praise", 13, math=False, anchor="start").text(4, 152, "blame", 13, math=False, anchor="start")
    for word, x, share, familiar in zip(words, places, p, known, strict=True):
        x, middle, length = x + 72, 88, 64 * (share - 0.5) * 2
        top = middle - max(length, 0)
        colour = OUTPUT if length >= 0 else WRONG
        drawing.elements.append(
            f'<rect x="{x - 12:.1f}" y="{top:.1f}" width="24" height="{max(abs(length), 1):.1f}" fill="{colour}"/>'
        )
        drawing.text(x, 178, word, 14, math=False, role="" if familiar else "plain")
        drawing.text(x, 200, f"{share:.0%}", 11, math=False)
    drawing.arrow((60, 88), (width + 90, 88), head=False)
    listed = ", ".join(f"{word} {share:.0%}" for word, share in zip(words, p, strict=True))
    return drawing.picture(f"The probability of praise after each word: {listed}.")


def _columns(words: Sequence[str]) -> tuple[float, list[float]]:
    widths = [max(38.0, 8.0 * len(word) + 12) for word in words]
    starts = np.concatenate([[0.0], np.cumsum(widths)])
    return float(starts[-1]), [float(start + width / 2) for start, width in zip(starts, widths, strict=False)]


def piano_roll(notes: Sequence[Note], strange: Sequence[bool] = (), title: str = "") -> Picture:
    """Notes as bars: time to the right, pitch upwards; C4 is the C in the middle of a piano.

    Parameters
    ----------
    strange : sequence of bool, optional
        Which notes to draw in the colour for wrong.
    """
    total = max(sum(note.beats for note in notes), 1.0)
    scale = min(14.0, 860 / total)
    pitches = [note.pitch for note in notes if note.pitch] or [60]
    low, high = min(*pitches, 60), max(*pitches, 67)
    drawing = Drawing(max(44 + scale * total, 480), 40 + 9 * (high - low))
    drawing.text(4, 10, title, 13, math=False, anchor="start")
    for pitch, name in ((60, "C4"), (67, "G4"), (72, "C5"), (55, "G3")):
        if low <= pitch <= high:
            y = 28 + 9 * (high - pitch)
            drawing.text(14, y, name, 12, math=False)
            drawing.elements.append(
                f'<path d="M28 {y}H{36 + scale * total:.1f}" stroke="{MUTED}" stroke-opacity="0.35" stroke-width="1"/>'
            )
    start = 32.0
    for place, note in enumerate(notes):
        if note.pitch:
            colour = WRONG if place < len(strange) and strange[place] else OUTPUT
            _draw_note(drawing, note, start, 24 + 9 * (high - note.pitch), scale, colour)
        start += scale * note.beats
    sung = ", ".join(map(str, notes[:8])) + (", and so on" if len(notes) > 8 else "")
    return drawing.picture(
        f"{title or 'A tune'} as a piano roll of {len(notes)} notes, {sum(strange)} of them strange: {sung}."
    )


def _draw_note(drawing: Drawing, note: Note, left: float, top: float, scale: float, colour: str) -> None:
    width = max(scale * note.beats - 2, 2)
    drawing.elements.append(
        f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="8" rx="2" fill="{colour}">'
        f"<title>{note}</title></rect>"
    )


def film_strip(frames: np.ndarray, captions: Sequence[str], marks: Sequence[bool] | None = None) -> Picture:
    """Square frames side by side, a caption of a few words under each.

    Parameters
    ----------
    frames : (T, S * S) array of numbers from 0 to 1
    captions : sequence of T str
    marks : sequence of T bool, optional
        Captions to draw in the colour for wrong.
    """
    frames = np.asarray(frames, dtype=float)
    side = round(frames.shape[1] ** 0.5)
    rows = -(-len(frames) // 8)
    pixel, across = 9.0, -(-len(frames) // rows)
    step = pixel * side + 22
    row_height = pixel * side + 12 + 16 * max(len(_in_lines(caption)) for caption in captions)
    drawing = Drawing(step * min(across, len(frames)) + 8, rows * row_height + 4)
    for place, (frame, caption) in enumerate(zip(frames, captions, strict=True)):
        left, top = 6 + step * (place % across), 4 + row_height * (place // across)
        _draw_frame(drawing, frame.reshape(side, side), left, top, pixel)
        role = "wrong" if marks is not None and marks[place] else ""
        for line, text in enumerate(_in_lines(caption)):
            y = top + pixel * side + 14 + 16 * line
            drawing.text(left + pixel * side / 2, y, text, 12.5, math=False, role=role)
    said = "; ".join(f"{place + 1}: {caption}" for place, caption in enumerate(captions))
    return drawing.picture(f"{len(frames)} frames of a film, with their captions. {said}.")


def _draw_frame(drawing: Drawing, frame: np.ndarray, left: float, top: float, pixel: float) -> None:
    size = pixel * len(frame)
    drawing.elements.append(
        f'<rect x="{left - 1}" y="{top - 1}" width="{size + 2}" height="{size + 2}" fill="none" stroke="{MUTED}"/>'
    )
    for (row, column), value in np.ndenumerate(frame):
        if value > 0.02:
            drawing.elements.append(
                f'<rect x="{left + pixel * column:g}" y="{top + pixel * row:g}" width="{pixel:g}" height="{pixel:g}" '
                f'fill="{INPUT}" fill-opacity="{min(value, 1.0):.2f}"/>'
            )


def _in_lines(caption: str, length: int = 13) -> list[str]:
    lines = [""]
    for word in caption.split():
        if len(f"{lines[-1]} {word}") > length and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines[:3]


def understanding_picture(text: str, states: np.ndarray, written: Sequence[str], known: Sequence[bool]) -> Picture:
    """A date as it is read: the state after each character, and what the decoder would write if the text ended there.

    Parameters
    ----------
    text : str
        T characters.
    states : (T, H) array
    written : sequence of T str
        The decoder's text after each character.
    known : sequence of T bool
        Which characters the encoder has ever seen.
    """
    T, shown = len(text), _liveliest(states)
    cell, left = min(22.0, 800 / max(T, 1)), 92
    longest = max(map(len, written), default=0)
    top, below = 34, 34 + 8 * len(shown) + 26
    drawing = Drawing(left + cell * T + 8, below + 17 * longest + 6)
    drawing.text(4, 14, "you type", 13, math=False, anchor="start")
    drawing.text(4, top + 4 * len(shown), "state", 13, math=False, anchor="start")
    drawing.text(4, below, "translation", 13, math=False, anchor="start")
    for t, character in enumerate(text):
        x = left + cell * (t + 0.5)
        drawing.text(x, 14, character if character != " " else "␣", 16, math=False, role="" if known[t] else "plain")
        for row, unit in enumerate(shown):
            _draw_cell(drawing, x - cell / 2, top + 8 * row, cell, states[t, unit])
        for row, symbol in enumerate(written[t]):
            right = row < len(written[-1]) and symbol == written[-1][row]
            drawing.text(x, below + 17 * row, symbol, 14, math=False, role="output" if right else "plain")
    after = written[-1] if written else ""
    return drawing.picture(
        f"The {T} characters of {text}: under each, a column of colours for the encoder's state after it, and what the "
        f"decoder would write from that state. After the last character it writes {after}."
    )


def _liveliest(states: np.ndarray, number: int = 16) -> np.ndarray:
    """The units that change most."""
    return np.sort(np.argsort(-np.std(states, axis=0), kind="stable")[:number])


def _draw_cell(drawing: Drawing, left: float, top: float, width: float, value: float) -> None:
    colour = to_hex(colormaps[DIVERGING](0.5 + 0.5 * float(value)))
    drawing.elements.append(
        f'<rect x="{left:.1f}" y="{top}" width="{width - 1:.1f}" height="8" fill="{colour}">'
        f"<title>{value:+.2f}</title></rect>"
    )
