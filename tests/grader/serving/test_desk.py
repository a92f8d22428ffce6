"""The desk shows learners their own work and takes it in; nobody else's, and from nobody else."""

import io
import json
import shutil
import stat
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import nbformat
import pytest
from nbformat.v4 import new_notebook

from grader.errors import CourseError
from grader.marking.arrivals import DONE, VERDICT, looks_of
from grader.marking.told import TOLD
from grader.nbgrader.gradebook import handed_in_at
from grader.serving.desk import WAITING_EACH
from grader.serving.server import address, invitations, make_desk
from grader.serving.taking_in import Rate
from tests.grader.serving.conftest import Client
from unrolled.desk.handing_in import digest, packed

NOTEBOOK = nbformat.writes(new_notebook()).encode()
RESULT = {"score": 4.5, "max_score": 6.0, "status": "graded", "exercises": {
    "square": {"score": 4.5, "max_score": 6.0, "status": "failed", "misconception": None, "message": "h_t <b>is</b>."}
}}  # fmt: skip


def submitted(course, learner, name="ps1.ipynb"):
    return course / "submitted" / learner / "ps1" / name


def wait_until(there):
    until = time.monotonic() + 20
    while not there() and time.monotonic() < until:
        time.sleep(0.01)
    assert there()


def grade(desk, course, learner):
    """Leave behind what grading leaves."""
    cache = desk.standings.cache
    cache.notes.write(TOLD, {(learner, "ps1"): json.dumps(RESULT)})
    cache.notes.write(DONE, {(learner, "ps1"): looks_of(submitted(course, learner).parent)})
    page = course / "feedback" / learner / "ps1" / "ps1.html"
    page.parent.mkdir(parents=True)
    page.write_text(f"<p>Only for {learner}</p>")


# Signing in


def test_a_link_signs_in_by_its_button_alone(desk, visitor):
    """Programs that look at the links in a letter would sign in; or a link would sign in nobody."""
    address = f"enter/{desk.links.token('ada')}"
    assert "Sign in as ada" in visitor("GET", address).text
    assert not visitor.cookies and visitor("GET", "").status == 403
    answer = visitor("POST", address)
    cookie = answer.headers["Set-Cookie"]
    assert answer.status == 303 and answer.headers["Location"] == "/desk/"
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/desk/"))
    assert "Your lessons" in visitor("GET", "").text
    assert visitor("POST", "leave").status == 303
    visitor.cookies.clear()
    answer = visitor("GET", "")
    assert answer.status == 403 and "Sign in with your link" in answer.text


@pytest.mark.parametrize("token", ["", "x", "MDphZGE", "MDphZGE.", "MDphZGE.AAAA", "\udcff", "%00", "ada"])
def test_a_link_nobody_made_is_refused(visitor, token):
    """Anybody could hand in as anybody."""
    token = token.encode("utf-8", "surrogateescape").decode("latin-1").encode("ascii", "replace").decode()
    answer = visitor("GET", f"enter/{token}")
    assert answer.status == 403 and "This link signs in nobody" in answer.text
    assert visitor("GET", "", Authorization=f"Bearer {token}").status == 403


def test_a_link_taken_back_no_longer_counts_nor_who_came_by_it(desk, signed_in, visitor):
    """Who found a lost link would be the learner for ever."""
    ada, old = signed_in("ada"), desk.links.token("ada")
    desk.links.take_back("ada")
    assert ada("GET", "").status == 403
    assert visitor("POST", f"enter/{old}").status == 403
    assert signed_in("ada")("GET", "").status == 200
    assert signed_in("ben")("GET", "").status == 200


def test_links_of_another_course_are_nothing_here(desk, tmp_path, visitor):
    """Whoever teaches a course could sign in to every other."""
    (tmp_path / "other").mkdir()
    other = make_desk(tmp_path / "other", "http://127.0.0.1/desk")
    assert visitor("POST", f"enter/{other.links.token('ada')}").status == 403


def test_a_session_cannot_be_put_on_somebody(desk, visitor, signed_in):
    """Session fixation: a cookie known beforehand would become the victim's."""
    for value in ("chosen", signed_in("eve").cookies["desk"]):
        visitor.cookies["desk"] = value
        visitor("POST", f"enter/{desk.links.token('ada')}")
        assert visitor.cookies["desk"] != value
    visitor.cookies["desk"] = desk.links.token("ada")
    assert visitor("GET", "").status == 403


def test_secrets_are_the_owners_alone(desk, course):
    """Another account on the machine could make links."""
    desk.links.take_back("ada")
    for name in (".links-secret", ".links-taken-back.json"):
        assert stat.S_IMODE((course / name).stat().st_mode) == 0o600


def test_invitations_are_of_the_roster(course):
    """A link would be made for a mistyped id, and work come in under it."""
    from nbgrader.api import Gradebook

    with pytest.raises(CourseError, match="knows no learner yet: grader roster"):
        invitations(course, (), "https://desk.example.org", False)
    with Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled") as book:
        book.add_student("ada")
        book.add_student("ben")
    lines = invitations(course, (), "https://desk.example.org/course/", False).splitlines()
    assert [line.partition(",")[0] for line in lines] == ["id", "ada", "ben"]
    assert lines[1].startswith("ada,https://desk.example.org/course/enter/")
    assert invitations(course, ("ada",), "https://desk.example.org/course", True).splitlines()[1] != lines[1]
    with pytest.raises(CourseError, match="adda"):
        invitations(course, ("adda",), "https://desk.example.org", False)


# Handing in, and what came of it


def test_what_is_handed_in_lies_where_it_is_graded(signed_in, course):
    """Work would be lost, or its receipt not fit it, or a learner say when it was handed in."""
    ada = signed_in("ada")
    files = {"ps1.ipynb": NOTEBOOK, "w.npz": b"1"}
    answer = ada.hand_in({"my copy (1).ipynb": NOTEBOOK, "w.npz": b"1", "timestamp.txt": b"2001-01-01 00:00:00 UTC"})
    receipt = json.loads(answer.text)
    assert receipt["lesson"] == "ps1" and receipt["sha256"] == digest(files)
    assert {name: submitted(course, "ada", name).read_bytes() for name in files} == files
    when = handed_in_at(submitted(course, "ada", "timestamp.txt").read_bytes())
    assert abs((datetime.now(UTC).replace(tzinfo=None) - when.replace(tzinfo=None)).total_seconds()) < 60
    assert receipt["sha256"] in ada("GET", "lesson/ps1").text
    assert ada.hand_in({"ps1.ipynb": NOTEBOOK}).status == 200
    assert not submitted(course, "ada", "w.npz").exists()


def test_what_unrolled_submit_packs_is_taken(signed_in, course):
    """The file that the learners' command makes could be handed in everywhere but here."""
    data, receipt = packed("ps1", {"ps1.ipynb": NOTEBOOK, "w.npz": b"1"})
    assert json.loads(signed_in("ada").hand_in({"ps1.zip": data}).text)["sha256"] == receipt["sha256"]
    assert submitted(course, "ada", "w.npz").read_bytes() == b"1"


def test_learners_see_how_their_work_stands_and_nobody_elses(desk, course, signed_in):
    """A learner would wait in the dark, or read another's marks."""
    ada, ben = signed_in("ada"), signed_in("ben")
    ada.hand_in({"ps1.ipynb": NOTEBOOK})
    assert "Being graded" in ada("GET", "lesson/ps1").text
    assert json.loads(ada("GET", "lesson/ps1", Accept="application/json").text)["state"] == "waiting"
    grade(desk, course, "ada")
    page = ada("GET", "lesson/ps1").text
    assert "4.5</b> of 6 points" in page and "&lt;b&gt;is&lt;/b&gt;." in page
    assert "4.5 of 6" in ada("GET", "").text
    assert "Only for ada" in ada("GET", "lesson/ps1/feedback/ps1").text
    assert json.loads(ada("GET", "lesson/ps1", Accept="application/json").text)["score"] == 4.5
    assert "4.5" not in ben("GET", "").text + ben("GET", "lesson/ps1").text
    assert ben("GET", "lesson/ps1/feedback/ps1").status == 404
    ada.hand_in({"ps1.ipynb": NOTEBOOK + b" "})
    assert "Being graded" in ada("GET", "lesson/ps1").text


def test_a_verdict_is_shown_before_its_page_is_there(desk, course, signed_in):
    """A learner would wait for a page to be made to read a number, or open the page of the version before."""
    ada, cache = signed_in("ada"), desk.standings.cache
    ada.hand_in({"ps1.ipynb": NOTEBOOK})
    grade(desk, course, "ada")
    ada.hand_in({"ps1.ipynb": NOTEBOOK + b" "})
    cache.notes.write(VERDICT, {("ada", "ps1"): looks_of(submitted(course, "ada").parent)})
    told = json.loads(ada("GET", "lesson/ps1", Accept="application/json").text)
    assert told["state"] == "graded" and not told["feedback"]
    page = ada("GET", "lesson/ps1").text
    assert "4.5</b> of 6 points" in page and "is being made" in page and "Read the feedback" not in page
    cache.notes.write(DONE, {("ada", "ps1"): looks_of(submitted(course, "ada").parent)})
    assert json.loads(ada("GET", "lesson/ps1", Accept="application/json").text)["feedback"]
    assert "Read the feedback" in ada("GET", "lesson/ps1").text


def test_the_list_is_read_as_it_is_now(desk, course, signed_in):
    """Who was enrolled a minute ago would be refused until the desk is opened anew, or a gradebook that was put in
    another's place, or whose server hung up, never be asked again."""
    from nbgrader.api import Gradebook

    enrolled, file = desk.taking_in.is_enrolled, course / "gradebook.db"
    with Gradebook(f"sqlite:///{file}", "unrolled") as book:
        book.add_student("ben")
        assert enrolled("ben", "ps1") and not enrolled("ada", "ps1")
        shutil.copy(file, course / "copy.db")
        book.add_student("ada")
        assert enrolled("ada", "ps1")
    (course / "copy.db").replace(file)
    enrolled.clock = lambda: enrolled.until
    assert enrolled("ben", "ps1") and not enrolled("ada", "ps1")
    enrolled.close()
    assert enrolled("ben", "ps1")


@pytest.mark.parametrize("gone", [False, True])
def test_who_waits_for_a_verdict_is_told_when_it_is_there(desk, course, signed_in, gone):
    """Every page would ask again and again, and the desk be busy with saying no; or wait for who has left."""
    ada, page = signed_in("ada"), {"Accept": "application/json", "Prefer": "wait=25"}
    ada.hand_in({"ps1.ipynb": NOTEBOOK})
    with ThreadPoolExecutor(1) as another:
        asked = another.submit(Client(ada.port, ada.cookies), "GET", "lesson/ps1", timeout=0.5 if gone else 20, **page)
        wait_until(lambda: desk.waiting["ada"] == 1)
        assert not asked.done()
        if gone:
            with pytest.raises(TimeoutError):
                asked.result()
        else:
            grade(desk, course, "ada")
            assert json.loads(asked.result().text)["state"] == "graded"
    wait_until(lambda: desk.waiting["ada"] == 0)


def test_nobody_waits_for_too_many_answers_at_once(desk, signed_in):
    """One learner could have the desk look for thousands."""
    ada = signed_in("ada")
    ada.hand_in({"ps1.ipynb": NOTEBOOK})
    desk.waiting["ada"] = WAITING_EACH
    answer = ada("GET", "lesson/ps1", Accept="application/json", Prefer="wait=25", timeout=5)
    assert json.loads(answer.text)["state"] == "waiting"


def test_who_is_not_on_the_list_is_told_so(course, signed_in):
    """Somebody of the hub's, or who left, would hand in, read `Being graded`, and wait for ever."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled") as book:
        book.add_student("ben")
    assert signed_in("ben").hand_in({"ps1.ipynb": NOTEBOOK}).status == 200
    answer = signed_in("ada").hand_in({"ps1.ipynb": NOTEBOOK})
    assert answer.status == 400 and "ada is not on this course" in answer.text
    assert not submitted(course, "ada").exists()


def test_a_course_that_was_moved_takes_nothing_in(course, signed_in):
    """Work would be put into a new folder under the old name, where nobody looks for it."""
    ada = signed_in("ada")
    course.rename(course.with_name("moved"))
    for answer in (ada.hand_in({"ps1.ipynb": NOTEBOOK}), ada("GET", ""), ada("GET", "lesson/ps1")):
        assert answer.status == 503 and "The course is not where it was" in answer.text
    assert not course.exists()


def test_programs_sign_in_by_the_link_itself(desk, visitor, course):
    """`unrolled submit` could not use the address a learner was given."""
    bearer = {"Authorization": f"Bearer {desk.links.token('ada')}"}
    assert visitor.hand_in({"ps1.ipynb": NOTEBOOK}, **bearer).status == 200
    assert submitted(course, "ada").exists() and not visitor.cookies


@pytest.mark.parametrize("files, why", [
    ({"report.pdf": b"%PDF"}, "no notebook"),
    ({"ps1.ipynb": NOTEBOOK[: len(NOTEBOOK) // 2]}, "cut off"),
    ({"ps1.ipynb": b"[" * 100_000}, "is no notebook"),
    ({"ps1.ipynb": NOTEBOOK, "other.ipynb": NOTEBOOK}, "does not belong"),
    ({"ps1.ipynb": NOTEBOOK, ".bashrc": b"1"}, "rename"),
])  # fmt: skip
def test_what_is_not_asked_for_is_refused_with_a_reason(signed_in, course, files, why):
    """A learner would learn days later that it was the wrong file."""
    answer = signed_in("ada").hand_in(files)
    assert answer.status == 400 and why in json.loads(answer.text)["error"]
    assert not submitted(course, "ada").exists()


# Behind a proxy


@pytest.mark.parametrize("url, parts", [
    ("http://localhost:8000", ("/", False, "localhost:8000")),
    ("https://desk.example.org/a/b", ("/a/b/", True, "desk.example.org")),
])  # fmt: skip
def test_the_address_behind_a_proxy_counts(course, url, parts):
    """Links would lead past the proxy, or cookies travel unencrypted."""
    desk = make_desk(course, url)
    assert (desk.base, desk.secure, desk.host) == parts


@pytest.mark.parametrize("url", ["", "desk", "ftp://x", "http://", "http://[", "http://x:99999", "https://x?y"])
def test_what_is_no_address_is_said(url):
    """Letters with links that lead nowhere would go to a class."""
    with pytest.raises(CourseError, match="is no address"):
        address(url)


def test_handing_in_too_often_has_its_limit(desk, signed_in, course):
    """One learner's program could keep everybody else waiting."""
    desk.rate = Rate(2, 600.0)
    ada = signed_in("ada")
    assert [ada.hand_in({"ps1.ipynb": NOTEBOOK}).status for _ in range(3)] == [200, 200, 429]
    assert signed_in("ben").hand_in({"ps1.ipynb": NOTEBOOK}).status == 200


def test_an_interrupted_rate_passes():
    """Who was refused once would be refused for ever."""
    rate = Rate(1, 10.0)
    assert [rate.wait("ada", now) for now in (0.0, 4.0, 10.0)] == [0.0, 6.0, 0.0]


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_zip_in_a_cookie_less_browser_is_refused(visitor):
    """Nobody in particular could fill the disk."""
    assert Client(visitor.port).hand_in({"x.zip": zipped({"a": b"1"})}).status == 403


def test_a_folder_zipped_where_systems_leave_things_in_it_is_its_notebook(signed_in, course):
    """Everybody with a Mac, or who had opened the notebook in JupyterLab, would be refused."""
    left = dict.fromkeys(("__MACOSX/ps1/._ps1.ipynb", "ps1/.DS_Store", "ps1/._ps1.ipynb", "ps1/Thumbs.db"), b"\0")
    drafts = {"ps1/.ipynb_checkpoints/ps1-checkpoint.ipynb": NOTEBOOK.replace(b"ps1", b"")}
    folder = zipped(left | drafts | {"ps1/ps1.ipynb": NOTEBOOK})
    assert signed_in("ada").hand_in({"ps1.zip": folder}).status == 200
    assert [path.name for path in (course / "submitted/ada/ps1").glob("*.ipynb")] == ["ps1.ipynb"]
