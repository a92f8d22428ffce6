"""What is usually tried on web pages, tried on the desk."""

import io
import json
import re
import resource
import socket
import time
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_notebook

from grader.marking.told import TOLD
from grader.serving.taking_in import MOST, Refused, checked, unpacked
from tests.grader.lms.test_collect import beyond

NOTEBOOK = nbformat.writes(new_notebook()).encode()


def everything(course):
    """All files below and around the course, but those of databases."""
    return {path: path.read_bytes() for path in course.parent.rglob("*") if path.is_file() and path.suffix != ".db"}


@pytest.mark.parametrize("headers", [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1.evil.example"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site", "Origin": "https://other.example"},
])  # fmt: skip
def test_another_page_cannot_act_for_who_is_signed_in(desk, signed_in, course, headers):
    """CSRF: a page that a learner looks at would hand in for them, sign them out, or sign them in as its author."""
    ada = signed_in("ada")
    assert ada.hand_in({"ps1.ipynb": NOTEBOOK}, **headers).status == 403
    assert ada("POST", "leave", **headers).status == 403
    assert ada("POST", f"enter/{desk.links.token('eve')}", **headers).status == 403
    assert not (course / "submitted" / "ada").exists()


NAMES = ("..%2f..%2fgradebook.db", "..", "%2e%2e%2f%2e%2e%2fps1", "ps1%2f..%2f..%2fben", "%00", "*", "ps1%0d%0aX:%20y")


@pytest.mark.parametrize("name", NAMES)
def test_no_address_leads_out_of_what_is_shown(signed_in, name):
    """The gradebook, the seed or another's feedback could be read by whoever signs in."""
    ada = signed_in("ada")
    for path in (f"lesson/{name}", f"lesson/ps1/feedback/{name}", f"static/{name}", f"lesson/{name}/feedback/{name}"):
        answer = ada("GET", path)
        assert answer.status in (400, 403, 404) and "X" not in answer.headers


@pytest.mark.parametrize(
    "name", ["../../../x.npz", "..\\..\\x.npz", "/etc/x.npz", "C:\\x.npz", "a\x1b[31mb.npz", "x" * 300]
)
def test_no_file_name_leads_out_of_its_folder(signed_in, course, name):
    """A learner could write another's work, or the course's configuration."""
    before = everything(course)
    signed_in("ada").hand_in({"ps1.ipynb": NOTEBOOK, name: b"1"})
    made = {path.parent for path in everything(course).keys() - before.keys()}
    assert made <= {course / "submitted" / "ada" / "ps1", course / ".verdicts" / "came", course}
    assert {path: data for path, data in everything(course).items() if path in before} == before


def bomb(size):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ps1/ps1.ipynb", NOTEBOOK)
        with archive.open("ps1/w.npz", "w", force_zip64=True) as file:
            for _ in range(size // 2**20):
                file.write(bytes(2**20))
    return buffer.getvalue()


def crowded():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(5000):
            archive.writestr(f"{number}.npz", b"")
    return buffer.getvalue()


def linking():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("ps1.ipynb", NOTEBOOK)
        info = zipfile.ZipInfo("w.npz")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


@pytest.mark.parametrize("data", [bomb(64 * 2**20), crowded(), linking(), b"PK\x03\x04", b""])
def test_archives_made_to_harm_are_refused(signed_in, course, data):
    """A few kilobytes would fill the disk or the memory, or bring a link to what only the grader may read."""
    answer = signed_in("ada").hand_in({"x.zip": data})
    assert answer.status == 400 and json.loads(answer.text)["error"]
    assert not (course / "submitted" / "ada").exists()


def test_many_archives_at_once_are_bounded_together(signed_in, desk):
    """Each would unpack to what one may, and a hundred of them to more memory than there is."""
    with pytest.raises(Refused, match="unpacks to more"):
        unpacked([(f"{place}.zip", bomb(3 * MOST // 4)) for place in range(2)])
    with pytest.raises(Refused, match="can't be read"):
        unpacked([("x.zip", beyond(2**63))])


def test_one_learner_keeps_nobody_else_out(port, signed_in, desk):
    """Seven uploads that never end would take all the room there is for uploads."""
    ada, lines = signed_in("ada"), []
    for _ in range(10):
        line = socket.create_connection(("127.0.0.1", port), timeout=10)
        head = "POST /desk/lesson/ps1/hand-in HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
        line.sendall(f"{head}Cookie: desk={ada.cookies['desk']}\r\nContent-Length: {MOST}\r\n\r\n".encode())
        assert line.recv(100)
        lines.append(line)
    assert signed_in("ben").hand_in({"ps1.ipynb": NOTEBOOK}).status == 200
    assert ada.hand_in({"ps1.ipynb": NOTEBOOK}).status == 429
    for line in lines:
        line.close()


@pytest.mark.parametrize(
    "data",
    [b'{"cells":[' + b"[]," * 6_000_000 + b"[]]}", b'{"cells":[' + b'{"":1},' * 2_000_000 + b"1]}"],
    ids=["lists", "objects"],
)
def test_no_notebook_keeps_everybody_waiting_until_it_is_read(data):
    """Twenty megabytes of brackets took half a minute, in which nobody was answered, and 600 MB."""
    started = time.process_time()
    with pytest.raises(Refused, match="is no notebook"):
        checked("ps1", {"ps1.ipynb": data}, ["ps1.ipynb"])
    assert time.process_time() - started < 2


def test_what_nobody_reads_is_not_kept_for_them(port, desk, signed_in, course):
    """A page asked for on many lines, and read on none, would fill the memory with copies of it."""
    page = course / "feedback" / "ada" / "ps1" / "ps1.html"
    page.parent.mkdir(parents=True)
    page.write_bytes(b"x" * 2**24)
    desk.standings.cache.notes.write(TOLD, {("ada", "ps1"): "{}"})
    ada, before, lines = signed_in("ada"), memory(), []
    for _ in range(12):
        line = socket.create_connection(("127.0.0.1", port), timeout=10)
        head = f"GET /desk/lesson/ps1/feedback/ps1 HTTP/1.1\r\nHost: x\r\nCookie: desk={ada.cookies['desk']}\r\n\r\n"
        line.sendall(head.encode())
        assert b"200 OK" in line.recv(100)
        lines.append(line)
    assert memory() - before < 2**26
    for line in lines:
        line.close()
    assert len(ada("GET", "lesson/ps1/feedback/ps1").text) == 2**24


def memory():
    """Bytes that this process has in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def test_what_was_handed_in_is_read_once_for_its_receipt(signed_in, monkeypatch):
    """Who looks at a page again and again would have 32 MiB read and hashed each time."""
    counted = []
    monkeypatch.setattr("grader.serving.standing.digest", lambda files: counted.append(files) or f"hash {len(counted)}")
    ada = signed_in("ada")
    for body in (NOTEBOOK, NOTEBOOK + b"\n"):
        assert ada.hand_in({"ps1.ipynb": body}).status == 200
        shown = [ada("GET", "lesson/ps1").text for _ in range(3)]
        assert all(f"hash {len(counted)}" in text for text in shown)
    assert len(counted) == 2


@pytest.mark.parametrize("name", ["..", ".", "../ada", "a/../../b", "", "a\n"])
def test_nobody_signs_in_as_a_path(signed_in, name, course):
    """A hub's users are called what its administrator lets them: `..` would hand in over everybody's work."""
    somebody, before = signed_in(name), everything(course)
    assert somebody("GET", "").status == 403
    assert somebody.hand_in({"ps1.ipynb": NOTEBOOK}).status == 403
    assert everything(course) == before


@pytest.mark.parametrize("who, status", [("ada", 413), (None, 403)])
def test_what_is_too_large_or_from_nobody_is_not_even_read(port, signed_in, who, status):
    """A hundred uploads without end would take the machine's memory."""
    cookie = f"Cookie: desk={signed_in(who).cookies['desk']}\r\n" if who else ""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        head = f"POST /desk/lesson/ps1/hand-in HTTP/1.1\r\nHost: x\r\n{cookie}Content-Length: {20 * MOST}\r\n\r\n"
        line.sendall(head.encode())
        assert f" {status} ".encode() in line.recv(100)


def test_all_uploads_together_have_their_limit(desk, signed_in):
    """Many uploads at once, each of a size allowed, would take the machine's memory."""
    desk.at_once = 1000
    assert signed_in("ada").hand_in({"ps1.ipynb": NOTEBOOK, "w.npz": bytes(2000)}).status == 503
    assert desk.under_way == 0


@pytest.mark.parametrize("path", ["", "lesson/ps1", "enter/x", "nothing", "static/desk.css", "static/desk.js"])
def test_every_answer_tells_the_browser_to_be_careful(signed_in, path):
    """One cross-site script, or a page in somebody's frame, could act as the learner."""
    answer = signed_in("ada")("GET", path)
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "tornado" not in answer.headers["Server"].lower()
    assert not re.search(r"<script(?![^>]* src=)|\son\w+=|\sstyle=", answer.text) or path.startswith("static")


def test_feedback_is_shown_where_it_can_do_nothing(signed_in, course):
    """A hole in what cleans learners' HTML would be a hole in the desk."""
    ada = signed_in("ada")
    page = course / "feedback" / "ada" / "ps1" / "ps1.html"
    page.parent.mkdir(parents=True)
    page.write_text("<script>alert(1)</script>")
    assert ada("GET", "lesson/ps1/feedback/ps1").status == 404  # nothing was told yet
    (course / "submitted" / "ada" / "ps1").mkdir(parents=True)
    from grader.marking.cache import Cache
    from grader.marking.told import TOLD

    Cache(course).notes.write(TOLD, {("ada", "ps1"): '{"score": 1}'})
    policy = ada("GET", "lesson/ps1/feedback/ps1").headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'") and "script" not in policy


def test_nobody_writes_lines_into_the_log(signed_in, logged, desk):
    """Whoever reads the log would see what did not happen, or have their terminal commanded; or a link's secret."""
    ada = signed_in("ada")
    ada("GET", "lesson/x%0a12:00:00%20%20200%20POST%20HandIn%20ben%20ps1%1b[31m")
    ada("GET", "lesson/ps1%E2%80%AE")
    ada.hand_in({"a\nb.ipynb": b"1"})
    lines = [record.getMessage() for record in logged.records]
    assert len(lines) >= 3 and all(line.isprintable() for line in lines)
    assert not any(desk.links.token("ada") in line for line in lines)


def test_markup_in_a_learners_id_stays_text(signed_in):
    """An id from a roster that somebody else filled in would be a script on its learner's page."""
    page = signed_in("<script>alert(1)")("GET", "").text
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD"])
def test_other_methods_do_nothing(signed_in, course, method):
    """A method nobody thought of would go past what guards the others."""
    assert signed_in("ada")(method, "lesson/ps1/hand-in").status in (400, 405)
    assert not (course / "submitted" / "ada").exists()


def test_a_link_in_the_folders_place_is_not_followed(signed_in, course, tmp_path):
    """What is handed in would be written wherever somebody with an account pointed it."""
    (tmp_path / "elsewhere").mkdir()
    (course / "submitted").mkdir()
    (course / "submitted" / "ada").symlink_to(tmp_path / "elsewhere")
    assert signed_in("ada").hand_in({"ps1.ipynb": NOTEBOOK}).status == 400
    assert not [*(tmp_path / "elsewhere").iterdir()]
