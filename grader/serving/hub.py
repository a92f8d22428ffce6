"""JupyterHub's own sign-in, where the desk is one of the hub's services: whoever the hub knows is that learner here."""

from __future__ import annotations

import os
from types import ModuleType
from urllib.parse import urlsplit

from tornado.web import RequestHandler

from grader.errors import CourseError
from grader.serving.desk import Page

PREFIX, URL = "JUPYTERHUB_SERVICE_PREFIX", "JUPYTERHUB_SERVICE_URL"


def is_service() -> bool:
    """Whether a hub has started this process as its service."""
    return PREFIX in os.environ


def place() -> tuple[str, int, str]:
    """Where the hub wants it: address and port to listen at, and the path that addresses begin with.

    Raises
    ------
    CourseError
        If the hub's configuration gives the service no address.
    """
    url = urlsplit(os.environ.get(URL, ""))
    if not url.hostname or not url.port:
        raise CourseError.of_arguments(
            f'the hub gives this service no address: add url="http://127.0.0.1:10101" ({URL})'
        )
    return url.hostname, url.port, os.environ[PREFIX]


def by_hub(page: type[Page]) -> type[Page]:
    """A page of the desk for who has signed in to the hub; the others are sent there.

    Raises
    ------
    CourseError
        If JupyterHub's package isn't installed beside the grader.
    """
    HubOAuthenticated = _auth().HubOAuthenticated

    class ByHub(HubOAuthenticated, page):
        def get_current_user(self) -> str | None:
            if self.request.headers.get("Authorization", "").startswith("Bearer "):
                return page.get_current_user(self)
            user = super().get_current_user()
            return user["name"] if isinstance(user, dict) and user.get("kind", "user") == "user" else None

        def proof(self) -> str:
            return self.xsrf_token.decode()  # whose absence makes the hub know nobody

        def prepare(self) -> None:
            if self.current_user is None and self.request.method == "GET" and not self.is_program:
                return self.redirect(self.get_login_url())
            return super().prepare()

    ByHub.__name__ = page.__name__
    return ByHub


def callback() -> tuple[str, type[RequestHandler]]:
    """Where the hub sends learners back to."""
    return f"{os.environ[PREFIX]}oauth_callback", _auth().HubOAuthCallbackHandler


def _auth() -> ModuleType:
    try:
        from jupyterhub.services import auth
    except ImportError as error:
        raise CourseError.of_arguments(
            "a hub's service needs the hub's package here: pip install jupyterhub"
        ) from error
    return auth
