"""Writes the list of the sentences that the documentation of all supported versions of Python has in common.

    python -m solutions.motivation.shared_text TOPICS...

takes the file `pydoc_data/topics.py` of several versions: the oldest and the newest, and as many between as there are.
Networks trained on the text are to be trained anew afterwards (`make weights`).
"""

import runpy
import sys
from collections.abc import Iterable, Iterator, Sequence

from unrolled.motivation import data

SHORTEST = 5  # words of a paragraph


def shared(versions: Sequence[list[list[str]]]) -> Iterator[list[str]]:
    """The first version's paragraphs, as far as all the others have their sentences; each sentence once."""
    common = set.intersection(*({s for sentences in version for s in sentences} for version in versions))
    for paragraph in versions[0]:
        kept = [sentence for sentence in dict.fromkeys(paragraph) if sentence in common]
        if len(" ".join(kept).split()) >= SHORTEST:
            common -= set(kept)
            yield kept


def write(paragraphs: Iterable[list[str]]) -> None:
    """Write the list of their fingerprints.

    Raises
    ------
    ValueError
        If two sentences have the same one.
    """
    lines = [[data.fingerprint(sentence) for sentence in paragraph] for paragraph in paragraphs]
    marks = [mark for line in lines for mark in line]
    if len(set(marks)) < len(marks):
        raise ValueError("two sentences have the same fingerprint: it needs more digits")
    data.LIST.write_text("".join(f"{' '.join(line)}\n" for line in lines), encoding="ascii")


if __name__ == "__main__":
    write(list(shared([list(data.prose(runpy.run_path(file)["topics"])) for file in sys.argv[1:]])))
