"""`unrolled submit` hands in at the desk that a learner's personal link leads to."""

import stat
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_notebook

from unrolled.desk import cli, handing_over
from unrolled.desk.handing_over import NotHandedIn, hand_over

LESSON = "01_ps"


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """A learner's notebook, in a folder of lessons."""
    monkeypatch.delenv(handing_over.ENVIRONMENT, raising=False)
    path = tmp_path / "notebooks" / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(new_notebook(), path)
    monkeypatch.chdir(path.parent.parent)
    return path


@pytest.fixture
def link(desk, port, course):
    (course / "release" / "ps1").rename(course / "release" / LESSON)
    (course / "release" / LESSON / "ps1.ipynb").rename(course / "release" / LESSON / f"{LESSON}.ipynb")
    return f"http://127.0.0.1:{port}/desk/enter/{desk.links.token('ada')}"


def said(*words):
    result = CliRunner().invoke(cli.main, ["submit", LESSON, "--unchecked", *words])
    return result.exit_code, result.output


def test_the_command_hands_in_and_remembers_the_link(notebook, link, course):
    """A learner would need a browser, or to paste the link each time; or read a receipt of something else."""
    code, output = said("--to", link)
    arrived = course / "submitted" / "ada" / LESSON / f"{LESSON}.ipynb"
    assert code == 0 and arrived.read_bytes() == notebook.read_bytes()
    remembered = notebook.parents[1] / handing_over.REMEMBERED
    assert stat.S_IMODE(remembered.stat().st_mode) == 0o600
    notebook.write_bytes(notebook.read_bytes() + b"\n")
    code, again = said()
    assert code == 0 and arrived.read_bytes() == notebook.read_bytes()
    assert "sha256" in again and again.splitlines()[-1] != output.splitlines()[-1]


@pytest.mark.parametrize("made, why", [
    (lambda link: link[:-3] + "abc", "personal link"),
    (lambda link: "http://127.0.0.1:1/desk/enter/x", "can't be reached"),
    (lambda link: "desk.example.org", "is no personal link"),
])  # fmt: skip
def test_what_does_not_arrive_is_said(notebook, link, made, why):
    """A learner would believe to have handed in."""
    code, output = said("--to", made(link))
    assert code == 1 and why in output and "Receipt" not in output and "Traceback" not in output


def test_the_links_secret_goes_nowhere_else(notebook):
    """A desk's address taken over by somebody could send the learner's secret on to them."""
    got = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(307)
            self.send_header("Location", f"http://localhost:{self.server.server_port}/stolen")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        with pytest.raises(NotHandedIn, match="307"):
            handing_over.to_desk(f"http://127.0.0.1:{server.server_port}/enter/secret", "ps1", b"", {"sha256": "1"})
        server.shutdown()
        thread.join()
    assert got == ["/lesson/ps1/hand-in"]


def test_without_any_place_it_becomes_a_file(notebook, monkeypatch, tmp_path):
    """A learner without a course would get an error instead of something to send."""
    monkeypatch.setattr(handing_over, "exchange", lambda folder, lesson: "")
    lines = []
    receipt = hand_over(notebook, lines.append, checked=False)
    (packed,) = (tmp_path / "notebooks").glob("*.zip")
    assert receipt["sha256"][:8] in packed.name and "Hand this file in" in lines[0]


def test_the_exchange_is_asked_for_the_lesson(notebook, monkeypatch):
    """A lesson would go to another course's exchange, or past the one there is."""
    asked = []

    def nbgrader(folder, *words):
        asked.append(words)
        listed = f"[ListApp | INFO] Released:\n[ListApp | INFO] else ps9\n[ListApp | INFO] rnn {LESSON} (fetched)"
        return handing_over.subprocess.CompletedProcess(words, 0, "", listed)

    monkeypatch.setattr(handing_over, "_nbgrader", nbgrader)
    lines = []
    hand_over(notebook, lines.append, checked=False)
    assert asked == [("list",), ("submit", LESSON, "--course=rnn")] and "exchange" in lines[0]
