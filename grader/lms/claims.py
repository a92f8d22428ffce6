"""Whose each file in a download is, from the platform's own part of its name; in doubt nobody's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from grader.lms.archives import Member
from grader.lms.people import Owner, Person, Roster
from grader.lms.receiving import LEFT, Received
from grader.lms.shapes import Upload
from grader.marking.handed_in import is_id


class Nobodys(Exception):
    """It is not clear whose a file is. The text says why."""


@dataclass(frozen=True)
class Claim:
    """A file that is said to be somebody's.

    Attributes
    ----------
    firm : bool
        Whether an id says so, and not a name, which people may have in common or change.
    """

    learner: str
    owner: Owner
    upload: Upload
    member: Member
    firm: bool


class Claims:
    """Everybody's files in one download.

    Parameters
    ----------
    roster : Roster
    is_open : bool
        Whether who is not on the roster is enrolled.
    no_names : set of str
        The names of the lesson and its notebooks, which are nobody's.

    Attributes
    ----------
    by_learner : dict of list of Claim
    refused : list of Received
    newcomers : list of Person
    """

    def __init__(self, roster: Roster, is_open: bool, no_names: set[str]):
        self.roster, self.is_open, self.no_names = roster, is_open, no_names
        self.by_learner: dict[str, list[Claim]] = defaultdict(list)
        self.refused: list[Received] = []
        self._new: dict[str, Person] = {}

    @property
    def newcomers(self) -> list[Person]:
        """Those with files who are not on the roster."""
        return [person for learner, person in self._new.items() if learner in self.by_learner]

    def add(self, member: Member, readings: list[Upload]) -> None:
        """Note whose a file is, or that it is nobody's."""
        try:
            upload = self._reading(readings)
        except Nobodys as error:
            return self._refuse("", [member], str(error))
        for owner in upload.owners:
            try:
                learner, firm = self._learner(owner)
                self.by_learner[learner].append(Claim(learner, owner, upload, member, firm))
            except Nobodys as error:
                self._refuse(owner.known_as, [member], str(error))

    def settle(self) -> None:
        """Leave out what several people claim: an id has more weight than a name, and of equals none is believed."""
        for learner, claims in list(self.by_learner.items()):
            firm = [claim for claim in claims if claim.firm]
            weak = [claim for claim in claims if not claim.firm] if firm else []
            kept = firm or claims
            if weak:
                self._refuse(learner, [claim.member for claim in weak], "somebody else has this learner's name")
            if len({claim.owner.identity for claim in kept}) > 1:
                self._refuse(learner, [claim.member for claim in kept], "two people hand in as this learner")
                del self.by_learner[learner]
            else:
                self.by_learner[learner] = kept

    def _reading(self, readings: list[Upload]) -> Upload:
        """The one way to read a name."""
        said = [each for each in readings if self.no_names.isdisjoint(owner.login for owner in each.owners)]
        if not said or (said != readings and not said[0].in_folder):  # it begins as the lesson's own file does
            raise Nobodys(
                "its name does not say whose it is: put it into a folder called by its learner, and name the one above"
            )
        readings = said
        known = [each for each in readings if any(map(self.roster.by_account, each.owners))]
        if not known and all(not each.in_folder for each in readings):
            known = [each for each in readings if any(map(self.roster.by_name, each.owners))]
        written = len({each.file for each in readings}) > 1  # by a learner, perhaps: all readings but the first
        if len(known) > 1 or (known[:1] != readings[:1] if written else not known and len(readings) > 1):
            whom = "more than one" if len(known) > 1 else f"{'not the first' if known else 'none'}: grader roster"
            raise Nobodys(f"its name can be read as more than one learner's, of whom the roster knows {whom}")
        return (known or readings)[0]

    def _learner(self, owner: Owner) -> tuple[str, bool]:
        """Whom the platform means, and whether it is sure."""
        firm = self.roster.by_account(owner)
        found = firm or self.roster.by_name(owner)
        if len(found) == 1:
            return next(iter(found)), bool(firm)
        if found:
            raise Nobodys(f"more than one on the roster is called so: {', '.join(sorted(found))}")
        return self._newcomer(owner), True

    def _newcomer(self, owner: Owner) -> str:
        if not self.is_open:
            raise Nobodys("not on the roster: grader roster FILE, or --enrol")
        person = owner.newcomer()
        if not is_id(person.id) or "/" in person.id:
            raise Nobodys("the platform doesn't say whose it is: it was downloaded without names, perhaps")
        self._new[person.id] = person
        return person.id

    def _refuse(self, whose: str, members: Iterable[Member], why: str) -> None:
        self.refused.append(Received(whose, [member.name for member in members], LEFT, [why]))
