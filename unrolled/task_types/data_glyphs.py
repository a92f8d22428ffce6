"""Small films of moving glyphs, made by a program: 10 by 10 pixels, black or white, one glyph each.

Two kinds: films with a caption for every frame, in which a shape wanders about between the walls; and films of
arrows that fly where they point, leave the picture on one side and come back on the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

SIZE = 10
LAST = SIZE - 4  # the furthest row and column of a shape
_SHAPES = {
    "square": ("####", "####", "####", "####"),
    "ring": ("####", "#..#", "#..#", "####"),
    "cross": ("#..#", ".##.", ".##.", "#..#"),
    "stairs": ("#...", "##..", "###.", "####"),
}
SHAPES = tuple(_SHAPES)
MOVES = {"rests": (0, 0), "moves left": (0, -1), "moves right": (0, 1), "moves up": (-1, 0), "moves down": (1, 0)}
CAPTIONS = ("something appears", *(f"the {shape} {move}" for shape in SHAPES for move in MOVES))

_ARROW = ("..#..", "...#.", "#####", "...#.", "..#..")
DIRECTIONS = {"right": (0, 1), "up": (-1, 0), "left": (0, -1), "down": (1, 0)}
ARROWS = tuple((direction, row, column) for direction in DIRECTIONS for row in range(SIZE) for column in range(SIZE))


def make_film(rng: np.random.Generator, steps: int) -> tuple[np.ndarray, list[int]]:
    """A shape that wanders about, and what to say of every frame.

    Returns
    -------
    frames : (steps, 100) array of 0 and 1
        Each row is one frame, 10 rows of 10 pixels one after the other.
    captions : list of int
        One number per frame: its place in `CAPTIONS`. Of the first frame nobody can say how it moved.
    """
    shape = SHAPES[rng.integers(len(SHAPES))]
    row, column = (int(place) for place in rng.integers(LAST + 1, size=2))
    move = _possible_move(rng, row, column)
    frames, captions = [_picture(shape, row, column)], [0]
    for _ in range(steps - 1):
        if rng.random() < 0.35 or move not in _possible_moves(row, column):
            move = _possible_move(rng, row, column)
        row, column = row + MOVES[move][0], column + MOVES[move][1]
        frames.append(_picture(shape, row, column))
        captions.append(CAPTIONS.index(f"the {shape} {move}"))
    return np.array(frames), captions


def split_films(number: int = 8000, seed: int = 0) -> tuple[list, list]:
    """Films (frames, captions) of 4 to 16 frames to train on, and a held-out tenth; no film is in both."""
    rng = np.random.default_rng(seed)
    films: dict[bytes, tuple] = {}
    while len(films) < number:
        film = make_film(rng, int(rng.integers(4, 17)))
        films.setdefault(np.packbits(film[0] > 0.5).tobytes() + bytes([len(film[0])]), film)
    every = list(films.values())
    return every[number // 10 :], every[: number // 10]


def as_batch(films: Sequence[tuple], more: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Films of different lengths as one batch, padded with black frames; `more` adds that many to all.

    Returns
    -------
    xs : (B, T, 100) array
    mask : (B, T) bool array
    captions : (B, T) array of int
        Zero at padding.
    """
    longest = max(len(frames) for frames, _ in films) + more
    mask = np.array([np.arange(longest) < len(frames) for frames, _ in films])
    xs, captions = np.zeros((*mask.shape, SIZE**2)), np.zeros(mask.shape, dtype=int)
    xs[mask] = np.concatenate([frames for frames, _ in films])
    captions[mask] = np.concatenate([said for _, said in films])
    return xs, mask, captions


def arrow_film(direction: str, row: int, column: int, steps: int) -> np.ndarray:
    """An arrow with its tip's frame at (row, column): the picture, once more the picture, then it flies.

    Returns
    -------
    (steps + 1, 100) array of 0 and 1
        The first frame is what the network is shown, the others what it should make of it.
    """
    down, right = DIRECTIONS[direction]
    picture = np.roll(_arrows()[direction], (row, column), axis=(0, 1))
    moves = [max(0, step - 1) for step in range(steps + 1)]
    return np.array([np.roll(picture, (m * down, m * right), axis=(0, 1)).ravel() for m in moves])


def photograph(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A picture with grain: every pixel off by up to 0.15, towards grey. No two are alike."""
    return np.abs(picture - rng.uniform(0, 0.15, size=picture.shape))


def _possible_move(rng: np.random.Generator, row: int, column: int) -> str:
    moves = _possible_moves(row, column)
    return moves[rng.integers(len(moves))]


@cache
def _possible_moves(row: int, column: int) -> list[str]:
    return [move for move, (down, right) in MOVES.items() if 0 <= row + down <= LAST and 0 <= column + right <= LAST]


@cache
def _arrows() -> dict[str, np.ndarray]:
    right = np.zeros((SIZE, SIZE))
    right[:5, :5] = [[pixel == "#" for pixel in line] for line in _ARROW]
    return {direction: np.rot90(right, turns) for turns, direction in enumerate(DIRECTIONS)}


@cache
def _picture(shape: str, row: int, column: int) -> np.ndarray:
    picture = np.zeros((SIZE, SIZE))
    picture[row : row + 4, column : column + 4] = [[pixel == "#" for pixel in line] for line in _SHAPES[shape]]
    return picture.ravel()
