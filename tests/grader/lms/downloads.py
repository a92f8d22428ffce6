"""Downloads as platforms make them, each with one misnamed, one late, one resubmitted and one hostile upload."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

from nbgrader.api import Gradebook

from grader.nbgrader.bridge import our_config

LESSON = "02_definition"
BLANK = (Path(__file__).parents[3] / "notebooks" / LESSON / f"{LESSON}.ipynb").read_bytes()
OTHER = (Path(__file__).parents[3] / "notebooks" / "03_weight_sharing" / "03_weight_sharing.ipynb").read_bytes()
ROSTER = {
    "ada": ("Ada", "Lovelace", "101"), "ben": ("Benoît", "de la Tour", "102"), "cyd": ("Cyd", "O'Hara", "103"),
    "dan": ("Dan", "Smith", "104"), "eve": ("Eve", "Moriarty", "105"),
}  # fmt: skip


def work(name, version=1):
    """A notebook of the lesson that says whose it is."""
    return BLANK.replace(b'"cells": [', f'"version": "{name} {version}",\n "cells": ['.encode(), 1)


def packed(files):
    """A zip archive of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def course_of(folder, roster=ROSTER):
    """A course whose gradebook has a roster, and a due date for the lesson."""
    course = folder / "course"
    course.mkdir(exist_ok=True)
    our_config()  # a gradebook is then made without other programs
    with Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled") as book:
        for learner, (first, last, number) in roster.items():
            more = {"first_name": first, "last_name": last, "lms_user_id": number, "email": f"{learner}@example.org"}
            book.add_student(learner, **more)
        book.add_assignment(LESSON, duedate="2026-11-01 12:00 UTC")
    return course


def version(data):
    """What `work` was asked for."""
    return data.partition(b'"version": "')[2].partition(b'"')[0].decode()


def time_of(course, learner):
    path = course / "submitted" / learner / LESSON / "timestamp.txt"
    return datetime.fromisoformat(path.read_text().split(" UTC")[0]) if path.is_file() else None


BOMB = {"../../ada/x.ipynb": work("eve"), f"{LESSON}.ipynb": work("eve"), "timestamp.txt": b"2000-01-01 00:00:00 UTC"}


def _listed(number, name, sid, email, minute, more=""):
    """An entry of Gradescope's list."""
    return (
        f"submission_{number}:\n  :submitters:\n  - :name: {name}\n    :sid: {sid}\n    :email: {email}\n"
        f"  :created_at: 2026-11-01 {minute}:00.158869000 Z\n{more}"
    )


GRADESCOPE = "---\n" + "".join(
    [
        _listed(11, "Ada Lovelace", "'101'", "ada@example.org", "10:30"),
        _listed(12, '"Benoît de la Tour"', "'102'", "ben@example.org", "12:30"),
        _listed(13, "Cyd O'Hara", "", "CYD@example.org", "11:00"),
        _listed(14, "Dan Smith", "'104'", "dan@example.org", "11:00"),
        _listed(
            15,
            "Eve Moriarty",
            "'105'",
            "eve@example.org",
            "11:00",
            '  :results: !ruby/hash:Some::Hash {"output": ":sid: 101"}\n',
        ),
    ]
)
BEN, LATE = "Benoît de la Tour", "Nov 1, 2026 1230 PM"
SHAPES = {
    "canvas": {
        "lovelaceada_101_9001_my homework.ipynb": work("ada"),
        f"delatourbenoît_LATE_102_9002_{LESSON}.ipynb": work("ben"),
        f"oharacyd_103_9003_{LESSON}-1.ipynb": work("cyd", 2),
        "smithdan_104_9004_solution.py": b"x = 1",
        f"moriartyeve_105_9005_lovelaceada_101_9006_{LESSON}.ipynb": work("eve"),
        f"moriartyeve_105_9007_{LESSON}.zip": packed(BOMB),
    },
    "moodle": {
        "Ada Lovelace_7001_assignsubmission_file_/my homework.ipynb": work("ada"),
        f"{BEN}_7002_assignsubmission_file_/{LESSON}.ipynb": work("ben"),
        f"Cyd O'Hara_7003_assignsubmission_file/{LESSON}.ipynb": work("cyd", 2),
        "Dan Smith_7004_assignsubmission_file_solution.py": b"x = 1",
        "Dan Smith_7004_assignsubmission_onlinetext_onlinetext.html": b"<p>Here you are.</p>",
        f"Eve Moriarty_7005_assignsubmission_file_Ada Lovelace_7001_assignsubmission_file_{LESSON}.ipynb": work("eve"),
        f"Eve Moriarty_7005_assignsubmission_file_/{LESSON}.zip": packed(BOMB),
    },
    "gradescope": {
        "assignment_1_export/submission_metadata.yml": GRADESCOPE.encode(),
        "assignment_1_export/submission_11/my homework.ipynb": work("ada"),
        f"assignment_1_export/submission_12/{LESSON}.ipynb": work("ben"),
        f"assignment_1_export/submission_13/{LESSON}.ipynb": work("cyd", 2),
        "assignment_1_export/submission_14/solution.py": b"x = 1",
        f"assignment_1_export/submission_15/submission_11/{LESSON}.zip": packed(BOMB),
    },
    "blackboard": {
        f"{LESSON}_ada_attempt_2026-11-01-10-30-00_my homework.ipynb": work("ada"),
        f"{LESSON}_ada_attempt_2026-11-01-10-30-00.txt": b"Name: Ada Lovelace (ada)\nAssignment: 02\n",
        f"{LESSON}_ben_attempt_2026-11-01-12-30-00_{LESSON}.ipynb": work("ben"),
        f"{LESSON}_cyd_attempt_2026-11-01-09-00-00_{LESSON}.ipynb": work("cyd", 1),
        f"{LESSON}_cyd_attempt_2026-11-01-11-00-00_{LESSON}.ipynb": work("cyd", 2),
        f"{LESSON}_dan_attempt_2026-11-01-11-00-00_solution.py": b"x = 1",
        f"{LESSON}_eve_attempt_2026-11-01-11-00-00_02_ada_attempt_2026-11-01-11-59-00_{LESSON}.ipynb": work("eve"),
        f"{LESSON}_eve_attempt_2026-11-01-11-00-00_{LESSON}.zip": packed(BOMB),
    },
    "brightspace": {
        "index.html": b"<html>",
        "101-77 - Ada Lovelace - Nov 1, 2026 1030 AM/my homework.ipynb": work("ada"),
        f"102-77 - {BEN} - {LATE}/{LESSON}.ipynb": work("ben"),
        f"103-77 - Cyd O'Hara - Nov 1, 2026 900 AM/{LESSON}.ipynb": work("cyd", 1),
        f"103-77 - Cyd O'Hara - Nov 1, 2026 1100 AM/{LESSON}.ipynb": work("cyd", 2),
        "104-77 - Dan Smith - Nov 1, 2026 1100 AM - solution.py": b"x = 1",
        f"105-77 - Eve Moriarty - Nov 1, 2026 1100 AM/101-77 - Ada Lovelace - {LATE}/{LESSON}.zip": packed(BOMB),
    },
    "classroom": {
        "02 Definition/Ada Lovelace - my homework.ipynb": work("ada"),
        f"02 Definition/{BEN} - {LESSON}.ipynb": work("ben"),
        f"02 Definition/Cyd O'Hara - {LESSON}.ipynb": work("cyd", 2),
        "02 Definition/Dan Smith - solution.py": b"x = 1",
        f"02 Definition/Eve Moriarty - Ada Lovelace - {LESSON}.zip": packed(BOMB),
    },
    "folder": {
        "class/ada/my homework.ipynb": work("ada"),
        f"class/ben/{LESSON}/{LESSON}.ipynb": work("ben"),
        f"class/cyd_{LESSON}.ipynb": work("cyd", 2),
        "class/dan.py": b"x = 1",
        f"class/eve/{LESSON}.zip": packed(BOMB),
    },
}
KNOWS_TIME = ("gradescope", "blackboard", "brightspace")
