"""Personal links: who has one may sign in as the learner it was made for, until it is taken back."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path

from grader.marking.cache import write_atomically

SECRET, TAKEN_BACK = ".links-secret", ".links-taken-back.json"


class Links:
    """Makes links' tokens and knows whose they are. Nothing is stored of a token but what takes it back.

    Parameters
    ----------
    course : Path
    """

    def __init__(self, course: Path):
        self.course = course
        self.secret = _secret(course / SECRET)

    def token(self, learner: str) -> str:
        """The token of a learner's link: the same until it is taken back."""
        return self._signed(f"{self.edition(learner)}:{learner}")

    def learner(self, token: str) -> str | None:
        """Whose link it is; None if it is nobody's, or was taken back."""
        text, _, _ = token.partition(".")
        with contextlib.suppress(ValueError):
            edition, _, learner = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition(":")
            known = hmac.compare_digest(self._signed(f"{edition}:{learner}").encode(), token.encode())
            return learner if known and edition == str(self.edition(learner)) else None
        return None

    def take_back(self, learner: str) -> None:
        """Let the learner's link, and all that was signed in to with it, no longer count. The next one will."""
        taken = self._taken_back()
        taken[learner] = taken.get(learner, 0) + 1
        write_atomically(self.course / TAKEN_BACK, json.dumps(taken, indent=1) + "\n", 0o600)

    def edition(self, learner: str) -> int:
        """How many of the learner's links were taken back."""
        return self._taken_back().get(learner, 0)

    def session_secret(self) -> str:
        """What cookies are signed with: not with what links are."""
        return hmac.new(self.secret, b"session", hashlib.sha256).hexdigest()

    def _signed(self, text: str) -> str:
        signature = hmac.new(self.secret, b"link\0" + text.encode(), hashlib.sha256).digest()
        return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (text.encode(), signature))

    def _taken_back(self) -> dict[str, int]:
        try:
            return json.loads((self.course / TAKEN_BACK).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}


def _secret(path: Path) -> bytes:
    """The secret that links are signed with; made, readable by its owner alone, when first asked for."""
    with contextlib.suppress(FileExistsError):
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        write_atomically(draft, secrets.token_hex(32), 0o600)
        try:
            os.link(draft, path)  # somebody else may have been faster: theirs it is
        finally:
            draft.unlink()
    return bytes.fromhex(path.read_text(encoding="ascii"))
