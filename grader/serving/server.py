"""`grader serve`: the desk as a web server, with a `grader watch` of its own that grades what comes in."""

from __future__ import annotations

import asyncio
import csv
import io
import logging
import signal
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from socket import socket
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler, StaticFileHandler

from grader.confined import system
from grader.errors import CourseError
from grader.marking.cache import Cache
from grader.marking.table import printable
from grader.nbgrader.bridge import course_directory, load_config
from grader.nbgrader.gradebook import Book
from grader.nbgrader.people import NOBODY
from grader.nbgrader.places import Places
from grader.serving import hub
from grader.serving.desk import HEADERS, Desk, Enter, Feedback, HandIn, Home, Leave, Lesson, Nothing, Page
from grader.serving.enrolled import Enrolled
from grader.serving.links import Links
from grader.serving.standing import Standings
from grader.serving.taking_in import TakingIn

LOG = logging.getLogger("unrolled.desk")
_SMALL = 2**16
LIMITS = {
    "max_body_size": _SMALL, "max_header_size": _SMALL, "body_timeout": 120.0, "idle_connection_timeout": 120.0,
}  # fmt: skip


class Static(StaticFileHandler):
    """The desk's own style and script."""

    def set_extra_headers(self, path: str) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)


def address(base_url: str) -> str:
    """An address as links begin with it.

    Raises
    ------
    CourseError
        If it is none.
    """
    try:
        parts = urlsplit(base_url)
        if parts.scheme in ("http", "https") and parts.hostname and not parts.query and parts.port != 0:
            return f"{parts.scheme}://{parts.netloc}/{parts.path.strip('/')}".rstrip("/") + "/"
    except ValueError:
        pass
    raise CourseError.of_arguments(f"{base_url!r} is no address: --base-url https://desk.example.org/course")


def make_desk(course: Path, base_url: str) -> Desk:
    """The desk of a course.

    Raises
    ------
    CourseError
        If there is no such course.
    """
    if not course.is_dir():
        raise CourseError.no_folder(course)
    course, url = course.resolve(), urlsplit(address(base_url))
    config = load_config(course)
    places, cache = Places(course_directory(course, config), config), Cache(course)

    enrolled = Enrolled(places, cache, lambda: Book(places.coursedir, config))
    taking_in = TakingIn(places, cache, enrolled)
    return Desk(Links(course), taking_in, Standings(places, cache), url.path, url.scheme == "https", url.netloc)


def application(desk: Desk) -> Application:
    """The desk's addresses."""
    with_desk = {"desk": desk}
    name = "([^/]+)"
    pages: list[tuple[str, type[Page]]] = [
        ("", Home),
        ("enter/([^/]*)", Enter),
        ("leave", Leave),
        (f"lesson/{name}", Lesson),
        (f"lesson/{name}/hand-in", HandIn),
        (f"lesson/{name}/feedback/{name}", Feedback),
    ]
    if hub.is_service():
        pages = [(path, hub.by_hub(page)) for path, page in pages if page not in (Enter, Leave)]
    handlers: list[tuple] = [(desk.base + path, page, with_desk) for path, page in pages]
    handlers += [hub.callback()] if hub.is_service() else []
    return Application(
        [*handlers, (rf"{desk.base}static/(desk\.(?:css|js))", Static, {"path": Path(__file__).with_name("static")})],
        default_handler_class=Nothing,
        default_handler_args=with_desk,
        cookie_secret=desk.links.session_secret(),
        cross_origin_protection=True,
        trusted_origins=[f"{'https' if desk.secure else 'http'}://{desk.host}"],
        log_function=log,
    )


def log(handler: RequestHandler) -> None:
    """A line for each request: no link's token in it, and nothing that could be taken for another line."""
    learner = handler.current_user if isinstance(handler, Home | Lesson | HandIn | Feedback) else None
    text = f"{handler.get_status()} {handler.request.method} {type(handler).__name__}"
    names = " ".join([learner or "-", *(getattr(handler, "path_args", ()) if learner else ())])
    LOG.info("%s", printable(f"{text} {names} {1000 * handler.request.request_time():.0f} ms")[:300])


def listening(port: int, ip: str) -> list[socket]:
    """Sockets that listen.

    Raises
    ------
    CourseError
        If the port can't be had.
    """
    try:
        return bind_sockets(port, ip)
    except (OSError, UnicodeError) as error:
        raise CourseError.of_arguments(f"port {port} of {ip} can't be had ({error}): --port N --ip ADDRESS") from error


async def run(desk: Desk, sockets: list[socket], watch: list[str]) -> None:
    """Serve until SIGINT or SIGTERM, with what grades beside it.

    Parameters
    ----------
    watch : list of str
        The command that grades; run again when it ends.
    """
    server = HTTPServer(application(desk), **LIMITS)
    server.add_sockets(sockets)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    watching = asyncio.create_task(keep(watch))
    await stop.wait()
    server.stop()
    await server.close_all_connections()
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching


async def keep(command: list[str], pause: float = 5.0) -> None:
    """Have a command run all the time; it ends with this process, however that ends."""
    while True:
        process = await asyncio.create_subprocess_exec(*command, start_new_session=True, preexec_fn=_end_with_parent)
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            process.terminate()
            await process.wait()
            raise
        LOG.error("What grades has ended (%s), and is begun again. What was handed in is not lost.", code)
        await asyncio.sleep(pause)


def _end_with_parent() -> None:
    if sys.platform == "linux":
        system.prctl(system.PR_SET_PDEATHSIG, signal.SIGTERM)


def serve(course: Path, port: int, ip: str, base_url: str | None, options: Sequence[str] = ()) -> int:
    """Serve the desk, and grade what is handed in.

    Parameters
    ----------
    options : sequence of str
        More for `grader watch`.

    Returns
    -------
    int
        Exit code.
    """
    logging.basicConfig(format="%(asctime)s  %(message)s", datefmt="%H:%M:%S", level=logging.INFO)
    if hub.is_service():
        ip, port, prefix = hub.place()
        base_url = f"http://{ip}:{port}{prefix}"
    desk = make_desk(course, f"http://{ip}:{port}/" if base_url is None else base_url)
    sockets = listening(port, ip)
    LOG.info("The desk is open: http://%s:%s%s. Links to it: grader invite", ip, port, desk.base)
    program = "from grader.cli import main; main()"
    asyncio.run(run(desk, sockets, [sys.executable, "-c", program, "watch", "--course", str(course), *options]))
    return 0


def invitations(course: Path, learners: Iterable[str], base_url: str, take_back: bool) -> str:
    """Everybody's personal link, as CSV with a head.

    Raises
    ------
    CourseError
        If there is no such course or learner.
    """
    if not course.is_dir():
        raise CourseError.no_folder(course)
    start, links, config = address(base_url), Links(course.resolve()), load_config(course)
    with Book(course_directory(course, config), config) as book:
        roster = book.learners()
    wanted = list(learners) or roster
    if strangers := sorted({*wanted} - {*roster}):
        raise CourseError.of_arguments(f"not in the gradebook: {', '.join(strangers)}. nbgrader db student add ID")
    if not wanted:
        raise CourseError.of_arguments(NOBODY)
    for learner in wanted if take_back else ():
        links.take_back(learner)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [("id", "link"), *((learner, f"{start}enter/{links.token(learner)}") for learner in wanted)]
    )
    return text.getvalue()
