"""What a class's results say about an exercise: how hard it was, and whether it tells learners apart.

Classical item analysis. *Difficulty* is the mean share of an item's points that was earned. *Discrimination* is said in
two ways: the correlation of an item's score with the score of all other items, which does not count the item in
(Henrysson 1963, "Correction of item-total correlations in item analysis", Psychometrika 28; for items that are
right or wrong it is the point-biserial correlation), and the difference between the mean shares of the upper and the
lower 27% of the class (Kelley 1939, "The selection of upper and lower groups for the validation of test items",
Journal of Educational Psychology 30).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.marking.worker import WAITING

BINS = 10
FEWEST = 10  # learners: below that, a correlation says little
TAIL = 0.27


@dataclass(frozen=True)
class Item:
    """How one exercise went.

    Attributes
    ----------
    exercise : str
    points : float
    mean : float
        Mean share of the points earned, 0 to 1; what a person has yet to grade is left out.
    full, some, none, unsolved, waiting : int
        Learners with all points, some, none; who didn't begin; whose answer a person has yet to grade.
    rest : float or None
        Correlation with the score of the other exercises, -1 to 1; None where it means nothing.
    upper_lower : float or None
        Mean share earned in the upper 27% of the class less that in the lower 27%.
    """

    exercise: str
    points: float
    mean: float
    full: int
    some: int
    none: int
    unsolved: int
    waiting: int
    rest: float | None = None
    upper_lower: float | None = None

    @property
    def backwards(self) -> bool:
        """Whether those who did well otherwise did badly here: then something is wrong with the exercise."""
        return self.rest is not None and self.rest < -0.1


def histogram(scores: Sequence[float], max_score: float) -> tuple[int, ...]:
    """How many scores fall into each tenth of what could be earned; full marks belong to the last tenth."""
    if not max_score:
        return (0,) * BINS
    counts = Counter(min(int(BINS * score / max_score), BINS - 1) for score in scores)
    return tuple(counts[place] for place in range(BINS))


def items(graded: Mapping[str, Mapping[str, Any]]) -> tuple[Item, ...]:
    """How the class did on each exercise.

    Parameters
    ----------
    graded : dict
        By learner: what grading gave, as in `grades.json`.
    """
    results = [grade["exercises"] for grade in graded.values()]
    names = list(dict.fromkeys(name for found in results for name in found))
    points = {name: max(found[name]["max_score"] for found in results if name in found) for name in names}
    shares = np.array([[_share(found.get(name), points[name]) for name in names] for found in results])
    told = discrimination(shares, np.array([points[name] for name in names])) if len(results) >= FEWEST else {}
    return tuple(
        _item(name, points[name], [found[name] for found in results if name in found], *told.get(place, ()))
        for place, name in enumerate(names)
    )


def discrimination(shares: np.ndarray, points: np.ndarray) -> dict[int, tuple[float | None, float | None]]:
    """Item-rest correlation and upper-lower difference of each item, where they are defined.

    Parameters
    ----------
    shares : (learners, items) array
        Share of its points earned, 0 to 1; NaN where it isn't known.
    points : (items,) array
    """
    earned = np.nan_to_num(shares) * points
    total = earned.sum(axis=1)
    return {
        place: _told_apart(shares[:, place], total - earned[:, place])
        for place in range(shares.shape[1])
        if np.count_nonzero(~np.isnan(shares[:, place])) >= FEWEST
    }


def _told_apart(share: np.ndarray, rest: np.ndarray) -> tuple[float | None, float | None]:
    known = ~np.isnan(share)
    share, rest = share[known], rest[known]
    if np.ptp(share) == 0 or np.ptp(rest) == 0:
        return None, None
    order, tail = np.argsort(rest, kind="stable"), max(round(TAIL * len(rest)), 1)
    between = float(share[order[-tail:]].mean() - share[order[:tail]].mean())
    return float(np.corrcoef(share, rest)[0, 1]), between


def _share(result: Mapping[str, Any] | None, points: float) -> float:
    if result is None or result["status"] == WAITING:
        return np.nan
    return result["score"] / points if points else float(result["status"] == "passed")


def _item(
    name: str,
    points: float,
    found: Sequence[Mapping[str, Any]],
    rest: float | None = None,
    between: float | None = None,
) -> Item:
    kinds = Counter(sign(result) for result in found)
    shares = [_share(result, points) for result in found if result["status"] != WAITING]
    mean = float(np.mean(shares)) if shares else 0.0
    return Item(name, points, mean, kinds["p"], kinds["s"], kinds["f"], kinds["u"], kinds["w"], rest, between)


def sign(result: Mapping[str, Any]) -> str:
    """How it went, as a letter: `p`assed, `s`ome of the points, `f`ailed, `u`nsolved, `w`aiting for a person."""
    if result["status"] == "failed":
        return "s" if result["score"] > 0 else "f"
    return {"passed": "p", WAITING: "w"}.get(result["status"], "u")
