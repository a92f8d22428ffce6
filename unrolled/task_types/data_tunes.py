"""Six tunes everybody knows, as notes: all long in the public domain, written down here in C major.

A note is a pitch and a length in quarter notes. The network reads and writes one-hot vectors: one place per note
that occurs, one for silence, and one per tune that means "start this tune".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

RATE = 8000  # samples per second of the sound: enough for melodies, small in a notebook
BEAT = 0.34  # seconds per quarter note


@dataclass(frozen=True)
class Note:
    """A pitch in MIDI numbers (60 is middle C) and a length in quarter notes; pitch 0 is silence."""

    pitch: int
    beats: float

    def __str__(self) -> str:
        name = "C C# D D# E F F# G G# A A# B".split()[self.pitch % 12] + str(self.pitch // 12 - 1)
        return f"{name} {self.beats:g}" if self.pitch else "silence"


SILENCE = Note(0, 1.0)

# Letters are pitches from middle C up, with a comma an octave lower, with an apostrophe an octave higher; the number
# is the length in quarter notes, 1 if left out.
_SCORES = {
    "Ode to Joy (Ludwig van Beethoven, 1824)": """
        E E F G G F E D C C D E E1.5 D.5 D2   E E F G G F E D C C D E D1.5 C.5 C2
        D D E C D E.5 F.5 E C D E.5 F.5 E D C D G,2   E E F G G F E D C C D E D1.5 C.5 C2""",
    "Ah ! vous dirai-je, maman (France, 1761)": """
        C C G G A A G2 F F E E D D C2   G G F F E E D2 G G F F E E D2   C C G G A A G2 F F E E D D C2""",
    "Frère Jacques (France, 18th century)": """
        C D E C C D E C E F G2 E F G2 G.5 A.5 G.5 F.5 E C G.5 A.5 G.5 F.5 E C C G, C2 C G, C2""",
    "Au clair de la lune (France, 18th century)": """
        C C C D E2 D2 C E D D C4 C C C D E2 D2 C E D D C4
        D D D D A,2 A,2 D C B, A, G,4   C C C D E2 D2 C E D D C4""",
    "Jingle Bells (James Pierpont, 1857)": """
        E E E2 E E E2 E G C1.5 D.5 E4 F F F1.5 F.5 F E E E.5 E.5 E D D E D2 G2
        E E E2 E E E2 E G C1.5 D.5 E4 F F F1.5 F.5 F E E E.5 E.5 G G F D C4""",
    "Auld Lang Syne (Scotland, 1799)": """
        G, C1.5 C.5 C E D1.5 C.5 D E C1.5 C.5 E G A3 A G1.5 E.5 E C D1.5 C.5 D E C1.5 A,.5 A, G, C3
        A G1.5 E.5 E C D1.5 C.5 D A G1.5 E.5 E G A3 A G1.5 E.5 E C D1.5 C.5 D E C1.5 A,.5 A, G, C3""",
}


def _read(score: str) -> tuple[Note, ...]:
    scale = dict(zip("CDEFGAB", (60, 62, 64, 65, 67, 69, 71)))
    found = re.findall(r"([A-G])([,']?)([\d.]*)", score)
    return tuple(Note(scale[p] + {",": -12, "'": 12, "": 0}[o], float(n or 1)) for p, o, n in found)


TUNES = {name: _read(score) for name, score in _SCORES.items()}
NOTES = (SILENCE, *sorted({note for notes in TUNES.values() for note in notes}, key=lambda n: (n.pitch, n.beats)))
SIZE = len(NOTES) + len(TUNES)


def start_of(tune: str) -> int:
    """The number that means "start this tune"; its name may be shortened."""
    names = list(TUNES)
    return len(NOTES) + next(place for place, name in enumerate(names) if name.lower().startswith(tune.lower()))


def numbers_of(tune: str) -> list[int]:
    """A tune as numbers: where each of its notes stands in `NOTES`."""
    name = list(TUNES)[start_of(tune) - len(NOTES)]
    return [NOTES.index(note) for note in TUNES[name]]


def notes_of(numbers: Sequence[int]) -> list[Note]:
    """Numbers as notes, up to the silence after the tune; "start this tune" makes no sound and is left out."""
    notes = [NOTES[number] for number in map(int, numbers) if number < len(NOTES)]
    while notes and notes[-1] == SILENCE:
        notes.pop()
    return notes


def wrong_notes(notes: Sequence[Note], tune: str) -> list[bool]:
    """Which notes differ from the tune's, one by one."""
    right = [NOTES[number] for number in numbers_of(tune)]
    return [place >= len(right) or note != right[place] for place, note in enumerate(notes)]


def strange_notes(notes: Sequence[Note], tune: str) -> list[bool]:
    """Which notes never follow in the tune on the note before them."""
    right = [NOTES[number] for number in numbers_of(tune)]
    pairs = {*pairwise([None, *right])}
    return [pair not in pairs for pair in pairwise([None, *notes])]


def synthesise(notes: Sequence[Note]) -> np.ndarray:
    """The sound of the notes, -1 to 1, `RATE` samples per second: a plucked tone with three overtones."""
    pieces = [_tone(note) for note in notes] or [np.zeros(RATE // 10)]
    return np.concatenate(pieces)


def _tone(note: Note) -> np.ndarray:
    time = np.arange(round(note.beats * BEAT * RATE)) / RATE
    if not note.pitch:
        return np.zeros(len(time))
    frequency = 440 * 2 ** ((note.pitch - 69) / 12)
    wave = sum(np.sin(2 * np.pi * frequency * k * time) / k**1.5 for k in (1, 2, 3, 4))
    fade = np.minimum(1, time / 0.01) * np.minimum(1, (time[-1] - time) / 0.02)
    return 0.4 * wave * np.exp(-2.5 * time) * fade
