"""Two learners and an instructor on a hub set up as `docs/hub.md` says: from release to feedback."""

import pytest
from playwright.sync_api import expect

import solutions
from grader.authoring.sources import cell_source
from tests.hub.conftest import ACCOUNTS, PASSWORD

pytestmark = [pytest.mark.hub, pytest.mark.timeout(400)]
LESSON = "02_definition"
EXERCISES = {exercise.name: exercise for exercise in solutions.exercises(LESSON)}
ASSIGNMENT = f"/user/ina/formgrader/api/assignment/{LESSON}"
GRADER = ("/opt/unrolled/.venv/bin/python", "-c", "from grader.cli import main; main()")
NAMED = {"course_id": "unrolled", "assignment_id": LESSON}
SETTINGS = 'c = get_config()\nc.Exchange.root = "/srv/exchange"\n'


@pytest.fixture(scope="module")
def released(hub):
    """The hub, with everybody's server running and the lesson released: built by command, released in formgrader."""
    hub.run("ina", "sh", "-c", f"echo '{SETTINGS}' > /srv/unrolled/course/nbgrader_config.py")
    built = hub.run("ina", *GRADER, "build", LESSON, "--course", "/srv/unrolled/course")
    assert built.returncode == 0, built.stdout + built.stderr
    hub.start(*ACCOUNTS)
    assert hub.ask(f"{ASSIGNMENT}/release", "POST", {})["success"]
    return hub


def solve(notebook, count):
    """Solve the first `count` exercises."""
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in list(EXERCISES)[:count]:
            cell["source"] = cell_source(EXERCISES[name].reference, name, EXERCISES)
    return notebook


def submit(hub, name, count):
    """Solve so many exercises in the learner's own server, and press *Submit*."""
    path = f"/user/{name}/api/contents/{LESSON}/{LESSON}.ipynb"
    notebook = solve(hub.ask(path)["content"], count)
    hub.ask(path, "PUT", {"type": "notebook", "format": "json", "content": notebook})
    assert hub.ask(f"/user/{name}/assignments/submit", "POST", NAMED)["success"]


def test_what_learners_hand_in_is_graded_and_comes_back(released):
    """A department's administrator would have to find out how all of this fits together."""
    for name, count in (("ada", 2), ("ben", 1)):
        assert released.ask(f"/user/{name}/assignments/fetch", "POST", NAMED)["success"]
        submit(released, name, count)
    assert released.ask(f"{ASSIGNMENT}/collect", "POST", {})["success"]
    graded = released.run("ina", *GRADER, "grade", LESSON, "--course", "/srv/unrolled/course")
    assert graded.returncode == 0, graded.stdout + graded.stderr
    submissions = released.ask(f"/user/ina/formgrader/api/submissions/{LESSON}")
    points = [exercise.points for exercise in EXERCISES.values()]
    assert {each["student"]: each["score"] for each in submissions} == {"ada": sum(points[:2]), "ben": points[0]}
    assert released.ask(f"{ASSIGNMENT}/release_feedback", "POST", {})["success"]
    for name in ("ada", "ben"):
        released.ask(f"/user/{name}/assignments/fetch_feedback", "POST", NAMED)
        assert f"{LESSON}.html" in released.run(name, "ls", "-R", f"/home/{name}/{LESSON}/feedback").stdout


def test_what_is_handed_in_again_is_watched_for_graded_and_given_back(released):
    """Somebody would have to collect, grade and release by hand, every time."""
    submit(released, "ben", 3)
    watched = released.run("ina", *GRADER, "watch", "--once", "--course", "/srv/unrolled/course")
    assert watched.returncode == 0, watched.stdout + watched.stderr
    scores = {each["student"]: each["score"] for each in released.ask(f"/user/ina/formgrader/api/submissions/{LESSON}")}
    assert scores["ben"] == sum(exercise.points for exercise in list(EXERCISES.values())[:3])
    released.ask("/user/ben/assignments/fetch_feedback", "POST", NAMED)
    pages = released.run("ben", "ls", "-R", f"/home/ben/{LESSON}/feedback").stdout
    assert pages.count(f"{LESSON}.html") == 2


def test_formgrader_may_stand_in_its_frame_and_learners_have_none(released):
    """Formgrader's tab would stay empty; a learner would see a menu that leads nowhere."""
    assert (
        released.ask("/user/ina/formgrader/", raw=True).headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    )
    page = released.ask("/user/ada/lab", raw=True)
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert '"@jupyter/nbgrader:formgrader"' in page.text.partition("disabledExtensions")[2].partition("}")[0]
    assert released.status("/user/ada/formgrader/") == 404


@pytest.mark.parametrize(
    "command",
    [
        "ls /srv/exchange/unrolled/inbound",
        "ls /srv/unrolled/course",
        "ls /home/ben",
        "rmdir /srv/exchange/unrolled",
        "/opt/learners/bin/python -c 'import solutions'",
    ],
)
def test_a_learner_gets_at_nothing_of_others(released, command):
    """Learners would read one another's work, or the answers."""
    assert released.run("ada", "sh", "-c", command).returncode != 0


def test_a_second_pull_brings_what_is_new_and_keeps_what_was_written(hub):
    """Whoever clicks the link again would lose an evening's work, or never get what was mended."""
    lessons = "git init -qb main /home/ada/upstream && cd /home/ada/upstream && git config user.email a@b && "
    lessons += "git config user.name a && echo old > 00.ipynb && echo old > 01.ipynb && git add . && git commit -qm old"
    pull = "cd && /opt/learners/bin/python -c 'from nbgitpuller.pull import main; main()' ~/upstream main lessons"
    renew = "cd ~/upstream && echo new > 01.ipynb && git commit -qam new"
    for step in (lessons, pull, "echo mine > ~/lessons/00.ipynb", renew, pull):
        done = hub.run("ada", "sh", "-c", step)
        assert done.returncode == 0, done.stdout + done.stderr
    assert hub.run("ada", "sh", "-c", "cat ~/lessons/*.ipynb").stdout.split() == ["mine", "new"]


def test_an_instructor_sees_formgrader_in_its_tab(released, browser, tmp_path):
    """Formgrader's tab would stay empty, as it does under JupyterHub's own rules, or its preview lead nowhere."""
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.set_default_timeout(60_000)
    page.goto(f"{released.url}/hub/login?next=/user/ina/lab")
    page.get_by_label("Username").fill("ina")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    page.get_by_role("menuitem", name="Formgrader", exact=True).first.click()
    page.frame_locator("iframe").get_by_role("link", name=LESSON).first.wait_for()
    expect(page.get_by_text("Jupyter news")).to_have_count(0)
    page.screenshot(path=str(tmp_path / "formgrader.png"))
    page.frame_locator("iframe").locator(".preview a").first.click()
    page.locator(".jp-DirListing").get_by_text(f"{LESSON}.ipynb").wait_for()
    page.close()
