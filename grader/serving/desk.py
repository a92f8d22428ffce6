"""The desk's pages, and who may ask for them."""

from __future__ import annotations

import asyncio
import math
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, ClassVar

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from tornado.httputil import HTTPFile, HTTPInputError, parse_body_arguments
from tornado.web import HTTPError, RequestHandler, stream_request_body

from grader.marking.handed_in import is_id
from grader.serving.links import Links
from grader.serving.standing import GRADED, WAITING, Standing, Standings
from grader.serving.taking_in import MOST, Rate, Refused, TakingIn
from unrolled.exam.show import paragraphs

COOKIE, DAYS = "desk", 60
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "same-origin",
    "Server": "unrolled",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
FEEDBACK_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_MOST_OF_A_FORM = MOST + 2**16
_PIECE, _PATIENCE = 2**18, 60.0
LOOKS_EACH, LONGEST_WAIT, WAITING_EACH = 0.25, 25.0, 4
"""Seconds between two looks for a verdict, seconds until an answer, and answers a learner may wait for at once."""


@dataclass
class Desk:
    """What all pages share.

    Attributes
    ----------
    base : str
        The path all addresses begin with, "/" at both ends.
    secure : bool
        Whether browsers reach it encrypted, through a proxy.
    host : str
        Host and port that browsers know it by.
    under_way, at_once : int
        How many bytes are being taken in, and the most that may be.
    uploading : set of str
        Whose: one at a time, else a few could keep all others out by sending slowly.
    waiting : Counter of str
        How many answers each learner is waiting for.
    """

    links: Links
    taking_in: TakingIn
    standings: Standings
    base: str = "/"
    secure: bool = False
    host: str = ""
    rate: Rate = field(default_factory=lambda: Rate(20, 600.0))
    under_way: int = 0
    at_once: int = 8 * MOST
    uploading: set[str] = field(default_factory=set)
    waiting: Counter[str] = field(default_factory=Counter)

    @cached_property
    def pages(self) -> Environment:
        """The templates."""
        loader = PackageLoader("grader.serving")
        pages = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        pages.filters["paragraphs"] = lambda text: Markup(paragraphs(text))
        return pages


class Page(RequestHandler):
    """A page for whoever has signed in; everybody else is told how to."""

    sorry: ClassVar[dict[int, tuple[str, str]]] = {}
    """Other heads and texts for what goes wrong, by status."""

    def initialize(self, desk: Desk) -> None:
        self.desk = desk

    def set_default_headers(self) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def get_current_user(self) -> str | None:
        """The learner: by the link's token, as programs sign in, or by the cookie that it was changed for."""
        kind, _, token = self.request.headers.get("Authorization", "").partition(" ")
        if kind == "Bearer":
            return self.desk.links.learner(token.strip())
        text = self.get_signed_cookie(COOKIE, max_age_days=DAYS)
        edition, _, learner = (text or b"").decode("utf-8", "replace").partition(":")
        return learner if learner and edition == str(self.desk.links.edition(learner)) else None

    def prepare(self) -> Awaitable[None] | None:
        if self.current_user is None or not is_id(self.current_user):  # a hub's users may be called by any path
            raise HTTPError(403)
        if not self.desk.taking_in.is_there:
            raise HTTPError(503) from Refused("The course is not where it was. Nothing is lost: tell your instructor.")

    def lesson(self, name: str) -> str:
        """The lesson of an address, if there is one of this name."""
        if name not in self.desk.taking_in.lessons():
            raise HTTPError(404)
        return name

    def show(self, template: str, **what: Any) -> None:
        """Answer with a page."""
        shared = {
            "base": self.desk.base, "learner": self.current_user, "leaves": "hub_auth" not in dir(self),
            "proof": self.proof(),
        }  # fmt: skip
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.desk.pages.get_template(template).render(**shared | what))

    def proof(self) -> str:
        """What requests from this page have to bring along, besides the cookie; nothing here."""
        return ""

    @property
    def is_program(self) -> bool:
        """Whether it is no browser that asks."""
        return "application/json" in self.request.headers.get("Accept", "")

    def write_error(self, status_code: int, **more: Any) -> None:
        cause = getattr((more.get("exc_info") or (None, None))[1], "__cause__", None)
        head, reason = (_SORRY | self.sorry).get(status_code, ("That did not work", "Try again."))
        reason = str(cause) if isinstance(cause, Refused) else reason
        if self.is_program:
            self.finish({"error": reason})
        else:
            learner = None if status_code == 403 else self.current_user
            self.show("sorry.html", head=head, reason=reason, learner=learner)

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        if not isinstance(error, HTTPError):
            super().log_exception(kind, error, trace)


_NOT_TAKEN = "Not handed in"
_SORRY = {
    400: (_NOT_TAKEN, "That is not what a browser sends."),
    403: (
        "Sign in with your link",
        "Open the personal link you were given: it signs you in. If it no longer does, ask for a new one.",
    ),
    404: ("No such page", "There is no such page."),
    413: (
        _NOT_TAKEN,
        f"That is too large: at most {MOST // 2**20} MiB. Clear the notebook's outputs, save, and hand in again.",
    ),
    429: (_NOT_TAKEN, "That was often. Wait a few minutes, and hand in again."),
    503: (_NOT_TAKEN, "Many are handing in at this moment. Try again in a minute."),
}
_NO_LINK = (
    "This link signs in nobody",
    "It was cut off on its way, or a newer one was made since. Copy all of it from the letter, or ask for a new one.",
)


class Enter(Page):
    """Where a personal link leads: a button that signs in. A program that only looks at links signs nobody in."""

    sorry: ClassVar = {403: _NO_LINK}

    def prepare(self) -> None:
        self.token = self.path_args[0]
        self.wanted = self.desk.links.learner(self.token)
        if self.wanted is None:
            raise HTTPError(403)

    def get(self, token: str) -> None:
        if self.current_user == self.wanted:
            return self.redirect(self.desk.base)
        self.show("enter.html", wanted=self.wanted, token=token)

    def post(self, token: str) -> None:
        text = f"{self.desk.links.edition(self.wanted)}:{self.wanted}"
        settings = {"httponly": True, "samesite": "Lax", "secure": self.desk.secure, "path": self.desk.base}
        self.set_signed_cookie(COOKIE, text, expires_days=DAYS, **settings)
        self.redirect(self.desk.base, status=303)


class Leave(Page):
    """Signs out."""

    def post(self) -> None:
        self.clear_cookie(COOKIE, path=self.desk.base)
        self.redirect(self.desk.base, status=303)


class Home(Page):
    """A learner's own lessons, and how they stand."""

    def get(self) -> None:
        lessons = self.desk.taking_in.lessons()
        standings = [self.desk.standings.of(self.current_user, lesson) for lesson in lessons]
        told = [standing.told for standing in standings if standing.told]
        total = {name: sum(each[name] for each in told) for name in ("score", "max_score")}
        self.show("home.html", standings=standings, total=total)


class Lesson(Page):
    """One lesson: where it is handed in, and what came of it."""

    here = True

    async def get(self, name: str) -> None:
        self.lesson(name)
        if "wait" in self.request.headers.get("Prefer", ""):  # RFC 7240: costs less than to be asked again and again
            await self.is_graded(name)
        standing = self.desk.standings.of(self.current_user, name)
        if self.is_program:
            return self.finish(_as_data(standing))
        receipt = await _beside(self.desk.standings.receipt, self.current_user, name)
        self.show("lesson.html", s=standing, receipt=receipt, most=MOST // 2**20)

    async def is_graded(self, name: str) -> None:
        """Wait until what was handed in last is graded, not too long, and for a few at once alone."""
        learner, until = self.current_user, time.monotonic() + LONGEST_WAIT
        if self.desk.waiting[learner] >= WAITING_EACH:
            return
        self.desk.waiting[learner] += 1
        try:
            while self.here and time.monotonic() < until and self.desk.standings.state(learner, name) == WAITING:
                await asyncio.sleep(LOOKS_EACH)
        finally:
            self.desk.waiting[learner] -= 1

    def on_connection_close(self) -> None:
        self.here = False


class Feedback(Page):
    """A feedback page, as it was made: shown where none of it could do anything."""

    async def get(self, name: str, notebook: str) -> None:
        path = self.desk.standings.page(self.current_user, self.lesson(name), notebook)
        if path is None:
            raise HTTPError(404)
        self.set_header("Content-Security-Policy", FEEDBACK_POLICY)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        with path.open("rb") as file:
            self.set_header("Content-Length", str(os.fstat(file.fileno()).st_size))
            while chunk := file.read(_PIECE):
                self.write(chunk)
                await asyncio.wait_for(self.flush(), _PATIENCE)  # who does not read on is sent no more
        self.finish()


@stream_request_body
class HandIn(Page):
    """Takes a notebook, and files beside it. Whoever may not is told before anything is read."""

    counted, at_work = 0, False

    def prepare(self) -> None:
        super().prepare()
        self.name, self.body = self.lesson(self.path_args[0]), bytearray()
        length = self.request.headers.get("Content-Length", "")
        size = int(length) if length.isdecimal() and len(length) < 20 else _MOST_OF_A_FORM
        if size > _MOST_OF_A_FORM:
            raise HTTPError(413)
        if self.current_user in self.desk.uploading:
            self.set_header("Retry-After", "30")
            raise HTTPError(429)
        if wait := self.desk.rate.wait(self.current_user, time.monotonic()):
            self.set_header("Retry-After", str(math.ceil(wait)))
            raise HTTPError(429)
        if self.desk.under_way + size > self.desk.at_once:
            self.set_header("Retry-After", "30")
            raise HTTPError(503)
        self.counted = size
        self.desk.under_way += size
        self.desk.uploading.add(self.current_user)
        self.request.connection.set_max_body_size(_MOST_OF_A_FORM)

    def data_received(self, chunk: bytes) -> None:
        self.body += chunk

    async def post(self, name: str) -> None:
        uploads = [(file.filename, file.body) for file in self._files() if file.filename]
        self.body.clear()
        self.at_work = True
        try:
            receipt = await _beside(self.desk.taking_in.take, self.current_user, self.name, uploads, datetime.now(UTC))
        except Refused as error:
            raise HTTPError(400) from error
        finally:
            self._let_go()
        if self.is_program:
            self.finish(receipt)
        else:
            self.redirect(f"{self.desk.base}lesson/{self.name}", status=303)

    def _files(self) -> list[HTTPFile]:
        found: dict[str, list[HTTPFile]] = {}
        try:
            parse_body_arguments(self.request.headers.get("Content-Type", ""), bytes(self.body), {}, found)
        except HTTPInputError as error:
            raise HTTPError(400) from error
        return [file for files in found.values() for file in files]

    def on_finish(self) -> None:
        self._let_go()

    def on_connection_close(self) -> None:
        if not self.at_work:  # whoever hangs up meanwhile still has what was sent in memory
            self._let_go()

    def _let_go(self) -> None:
        if self.counted:
            self.desk.uploading.discard(self.current_user)
        self.desk.under_way -= self.counted
        self.counted = 0


class Nothing(Page):
    """Everything else."""

    def prepare(self) -> None:
        raise HTTPError(404)


def _beside(work: Callable[..., str | dict], *arguments: Any) -> Awaitable[Any]:
    """Have a thread do what takes a while, and others' pages go on."""
    return asyncio.get_running_loop().run_in_executor(None, work, *arguments)


def _as_data(standing: Standing) -> dict[str, Any]:
    told = standing.told if standing.state == GRADED else {}
    return {
        "lesson": standing.lesson,
        "state": standing.state,
        "when": standing.when,
        "feedback": standing.shown,
        **told,
    }
