"""A desk that is open, in this process, for requests as hostile as can be."""

import asyncio
import http.client
import logging
import shutil
import threading
from contextlib import closing
from dataclasses import dataclass, field
from queue import Queue

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from grader.serving.server import LIMITS, application, make_desk
from tests.courses import ordinary

BASE = "/desk/"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    text: str


@dataclass
class Client:
    """A browser without a screen, or a program."""

    port: int
    cookies: dict = field(default_factory=dict)

    def __call__(self, method, path, body=None, base=BASE, timeout=20, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent.setdefault("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        with closing(connection):
            connection.request(method, base + path, body, sent)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie", ()):
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            text = answer.read().decode()
        return Answer(answer.status, answer.headers, text)

    def hand_in(self, files, lesson="ps1", **headers):
        """Hand in files, as a browser's form does."""
        parts = []
        for name, data in files.items():
            head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
            parts += [head.encode(), data, b"\r\n"]
        headers = {"Content_Type": "multipart/form-data; boundary=x", "Accept": "application/json"} | headers
        return self("POST", f"lesson/{lesson}/hand-in", b"".join([*parts, b"--x--\r\n"]), **headers)


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """A course with an assignment."""
    course = tmp_path_factory.mktemp("desk") / "course"
    ordinary(course)
    return course


@pytest.fixture
def course(released, tmp_path):
    shutil.copytree(released, tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture
def desk(course):
    return make_desk(course, "http://127.0.0.1/desk")


@pytest.fixture
def port(desk):
    """Where the desk is served, by a thread of this process."""
    (socket,) = bind_sockets(0, "127.0.0.1")
    started: Queue = Queue()

    async def serve():
        server, stop = HTTPServer(application(desk), **LIMITS), asyncio.Event()
        server.add_sockets([socket])
        started.put((asyncio.get_running_loop(), stop))
        await stop.wait()
        server.stop()
        await server.close_all_connections()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    port = socket.getsockname()[1]
    loop, stop = started.get(timeout=20)
    yield port
    loop.call_soon_threadsafe(stop.set)
    thread.join()


@pytest.fixture
def visitor(port):
    """Somebody who has not signed in."""
    return Client(port)


@pytest.fixture
def signed_in(port, desk):
    """`signed_in(learner)`: somebody who came by their link."""

    def enter(learner):
        client = Client(port)
        assert client("POST", f"enter/{desk.links.token(learner)}").status == 303
        return client

    return enter


@pytest.fixture
def logged(caplog):
    """What the desk says in its log."""
    caplog.set_level(logging.INFO)
    return caplog
