"""Whose something is: what a learning platform says of a person, and who on the roster that is."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A learner on the roster, as nbgrader's gradebook has them.

    Attributes
    ----------
    id : str
        nbgrader's.
    lms_user_id : str
        The learning platform's.
    """

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""

    @property
    def name(self) -> str:
        """First name, last name, as far as known."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class Owner:
    """What a platform says of the person who handed something in; empty where it says nothing.

    Attributes
    ----------
    number : str
        Its number for the person, the same in every assignment.
    login, email, name : str
    ticket : str
        A number for the person in this one assignment, which tells two people of one name apart.
    """

    number: str = ""
    login: str = ""
    email: str = ""
    name: str = ""
    ticket: str = ""

    @property
    def known_as(self) -> str:
        """The best that can be shown."""
        known = self.login or self.email or self.number
        return (
            f"{self.name} ({known})"
            if self.name and known and known != self.name
            else self.name or known or self.ticket
        )

    @property
    def identity(self) -> str:
        """What tells this person from all others in the same download."""
        return self.number or self.login or self.email or self.ticket or self.name

    def newcomer(self) -> Person:
        """The person as somebody new on the roster."""
        known_as = self.login or self.email or self.number or re.sub(r"[\s/]+", "_", self.name)
        first, _, last = self.name.rpartition(" ")
        return Person(known_as, first or last, last if first else "", self.email, self.number)


class Roster:
    """Finds people by whatever a platform says of them.

    Parameters
    ----------
    people : iterable of Person
    """

    def __init__(self, people: Iterable[Person]):
        self._by: dict[str, dict[str, set[str]]] = {
            kind: defaultdict(set) for kind in ("id", "lms", "email", "account", "name")
        }
        for person in people:
            self._add(person)

    def _add(self, person: Person) -> None:
        email = person.email.casefold()
        keys = {"id": person.id, "lms": person.lms_user_id, "email": email, "account": email.partition("@")[0]}
        for kind, key in keys.items():
            self._by[kind][key].add(person.id)
        if person.name:
            for name in (person.first_name + person.last_name, person.last_name + person.first_name):
                self._by["name"][plain(name)].add(person.id)

    def knows(self, owner: Owner) -> bool:
        """Whether anybody is meant by this."""
        return bool(self.by_account(owner) or self.by_name(owner))

    def by_account(self, owner: Owner) -> set[str]:
        """Who has the number, the login or the address."""
        sought = (
            ("lms", owner.number), ("id", owner.number), ("id", owner.login), ("lms", owner.login),
            ("email", owner.login.casefold()), ("email", owner.email.casefold()), ("id", owner.email),
            ("account", owner.login.casefold()),
        )  # fmt: skip
        return self._first(sought)

    def by_name(self, owner: Owner) -> set[str]:
        """Who has the name, which people may have in common, and may change."""
        return self._first((("name", plain(owner.name)), ("id", owner.name)))

    def _first(self, sought: Iterable[tuple[str, str]]) -> set[str]:
        return next((self._by[kind][key] for kind, key in sought if key and key in self._by[kind]), set())


def plain(name: str) -> str:
    """A name as platforms agree on it: small letters and digits, no accents."""
    parted = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in parted if sign.isalnum())
