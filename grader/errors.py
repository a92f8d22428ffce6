"""What can go wrong in the grader, and whose fault it is.

    GraderError
    ├── AuthoringError          a lesson and its exercises don't fit together
    │   └── ReleaseRefused      nbgrader's generate step would not make the learners' notebook
    ├── CourseError             a course folder can't be graded as it is
    │   └── ClusterError        the machines it was to be graded on can't (`grader/marking/cluster.py`)
    ├── SubmissionError         what a learner handed in is no notebook
    │   ├── SubmissionMissing   it isn't there
    │   ├── SubmissionChanging  it was being written when it was read
    │   ├── TookTooLong         our own work on it used up its time
    │   └── TookTooMuch         our own work on it used up its memory
    ├── IsolationUnavailable    this machine can't confine learners' code, and nobody said to do without
    └── InfrastructureError     ours or the machine's fault: worth another try, never costs a learner marks
        ├── WarmParentLost      the process that learners' processes are forked from is gone
        ├── ProcessLost         a process of a submission's or of ours was killed by somebody else
        ├── StandsStill         a process of ours neither works nor ends
        └── ConfinementFailed   a protection this machine has could not be put in force

A learner's faults (endless loops, crashes, floods) are no exceptions: they are results, with a text for the learner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


class GraderError(Exception):
    """Anything the grader raises on purpose."""


class AuthoringError(GraderError):
    """A lesson can't be built: the author has to mend it."""

    @classmethod
    def no_lesson(cls, name: str, names: Iterable[str]) -> AuthoringError:
        """There is no such lesson."""
        return cls(f"there is no lesson {name!a}; there are: {', '.join(names)}")

    @classmethod
    def not_a_lesson_name(cls, name: str) -> AuthoringError:
        """A lesson's number says its place, its name is a package's."""
        return cls(
            f"a lesson is called by two digits and a Python name in small letters, such as 08_attention, not {name!r}"
        )

    @classmethod
    def not_an_exercise_name(cls, name: str) -> AuthoringError:
        """An exercise's name is a function's."""
        return cls(f"an exercise is called as the function its learners write, in small letters, not {name!r}")

    @classmethod
    def taken(cls, name: str) -> AuthoringError:
        """Nothing is overwritten."""
        return cls(f"there is {name!r} already, or its number or name is taken")

    @classmethod
    def slots(cls, path: object, slots: Iterable[str], names: Iterable[str]) -> AuthoringError:
        """Slots and exercises don't match one to one."""
        slots, names = list(slots), list(names)
        wrong = [f"slot {slot!r} names no exercise" for slot in slots if slot not in names]
        wrong += [f"exercise {name!r} has no slot" for name in names if name not in slots]
        wrong += [f"{slot!r} has more than one slot" for slot in sorted(set(slots)) if slots.count(slot) > 1]
        return cls(f"{path}: " + "; ".join(wrong))

    @classmethod
    def solved_lesson_fails(cls, lesson: str, error: str) -> AuthoringError:
        """A lesson can't be shown whose own cells end in an error."""
        return cls(f"{lesson}: with all exercises solved, a cell fails: {error.strip()[-600:]}")

    @classmethod
    def broken_links(cls, broken: Iterable[str]) -> AuthoringError:
        """A reader would be led nowhere."""
        return cls("; ".join(broken))

    @classmethod
    def not_a_site(cls, folder: object) -> AuthoringError:
        """Nobody's files are removed."""
        return cls(f"{folder} holds something else than pages made here: name an empty folder")

    @classmethod
    def too_generous(cls, grade_id: str, points: float) -> AuthoringError:
        """A test gives more than there is."""
        return cls(
            f"the test cell {grade_id} gave more than its {points:g} points: its author has to mend it. Nothing of "
            "this submission was marked"
        )


class ReleaseRefused(AuthoringError):
    """nbgrader would not make the learners' notebook."""

    @classmethod
    def submissions_exist(cls, lesson: str) -> ReleaseRefused:
        """Its cells changed after learners had handed it in."""
        return cls(
            f"exercises were added to or removed from {lesson} after submissions to it were graded. Give the new "
            f"version another name, or forget the old grades first: nbgrader db assignment remove {lesson} --force"
        )

    @classmethod
    def because(cls, lesson: str, reason: str) -> ReleaseRefused:
        """nbgrader's own reason."""
        return cls(f"nbgrader would not make the learners' notebook of {lesson}: {reason}")


class CourseError(GraderError):
    """The course folder has to be put in order first.

    Attributes
    ----------
    unusable : bool
        Whether the command's arguments are to blame.
    """

    unusable = False

    @classmethod
    def of_arguments(cls, text: str) -> CourseError:
        """What was asked for can't be done at all."""
        error = cls(text)
        error.unusable = True
        return error

    @classmethod
    def nothing_graded(cls, folder: object) -> CourseError:
        """There are no results yet."""
        return cls.of_arguments(f"nothing in {folder} has been graded yet: grader grade")

    @classmethod
    def no_lesson(cls, lesson: str, folder: object, names: Iterable[str]) -> CourseError:
        """Nothing was handed in under this name, and it is no lesson either."""
        return cls.of_arguments(f"there is no lesson {lesson!r} in {folder}; there are: {', '.join(names) or 'none'}")

    @classmethod
    def no_folder(cls, folder: object) -> CourseError:
        """There is no course."""
        return cls.of_arguments(f"there is no folder {folder} with submissions: --course says which it is")

    @classmethod
    def no_roster(cls, path: object, reason: str) -> CourseError:
        """Not a list of learners that we can read."""
        return cls.of_arguments(
            f"{path} is no list of learners as a learning platform gives it out ({reason}): export it as CSV, or name "
            "the columns id, first_name, last_name, email, lms_user_id"
        )

    @classmethod
    def not_released(cls, lesson: str) -> CourseError:
        """No released notebook to hold submissions against."""
        return cls(f"{lesson} has no released notebook in the course: nbgrader generate_assignment {lesson}")

    @classmethod
    def not_python(cls, lesson: str, notebook: str, language: str) -> CourseError:
        """An assignment for another kernel."""
        return cls(
            f"{lesson}/{notebook}.ipynb is written in {language}, and only Python can be run confined: grade it with "
            "nbgrader's own settings, away from this nbgrader_config.py"
        )

    @classmethod
    def too_much_beside(cls, names: list[str], largest: int, most: int, files: int) -> CourseError:
        """Data that no submission can be given."""
        named = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
        return cls(
            f"{named} can't be put beside everybody's notebook: a file may have {largest / 2**20:.0f} MiB, all of an "
            f"assignment's {most / 2**20:.0f} MiB, and be {files} (and must be readable). Give a part of the data out"
        )

    @classmethod
    def settings(cls, names: Iterable[str]) -> CourseError:
        """nbgrader's settings that can't be kept here."""
        return cls.of_arguments(
            f"nbgrader's setting {', '.join(dict.fromkeys(names))} can't be heeded here: take it out of "
            "nbgrader_config.py, or off the command line; docs/nbgrader.md says which can, and what to do instead"
        )

    @classmethod
    def gradebook(cls, url: str, error: Exception) -> CourseError:
        """The database doesn't answer as it should."""
        reason = _without_password(str(error).splitlines()[0], url)
        known = {
            "locked": "Another program is writing to it: close that, and grade again",
            "readonly": "Make it writable, and grade again",
            "full": "Make room, and grade again",
        }
        usual = "If an older nbgrader made it: nbgrader db upgrade"
        advice = next((text for sign, text in known.items() if sign in reason), usual)
        return cls(f"the gradebook {_without_password(url, url)} can't be used: {reason}. {advice}")

    @classmethod
    def no_driver(cls, url: str, module: str | None) -> CourseError:
        """A database of this kind needs a package that isn't installed."""
        kind = url.partition(":")[0]
        need = f"pip install {module}, or name a driver you have in the URL, as in {kind.partition('+')[0]}+DRIVER://…"
        return cls.of_arguments(f"no driver for {kind} is installed here ({module} is missing): {need}")

    @classmethod
    def being_graded(cls, folder: object, process: str) -> CourseError:
        """Two runs would write the same gradebook and files."""
        return cls(f"{folder} is being graded already, by process {process or 'unknown'}: wait until that has ended")

    @classmethod
    def stale(cls, lesson: str, exercise: str) -> CourseError:
        """The course's notebook and the exercises disagree."""
        return cls(f"the course's {lesson} is not the one of its exercises ({exercise} differs): grader build {lesson}")


class SubmissionError(GraderError):
    """What a learner handed in can't be read as a notebook. The text says why, and what to do."""

    @classmethod
    def link(cls, name: object) -> SubmissionError:
        """A symbolic link may point anywhere."""
        return cls(f"{name} is a symbolic link, which is not followed: ask for the file itself")

    @classmethod
    def not_a_file(cls, name: str) -> SubmissionError:
        """A device, a pipe or a folder."""
        return cls(f"{name} is no regular file: ask for the notebook")

    @classmethod
    def unreadable(cls, error: OSError) -> SubmissionError:
        """The system refused."""
        return cls(f"it can't be opened ({error.strerror}): check the file's permissions")

    @classmethod
    def too_large(cls, size: int, limit: int) -> SubmissionError:
        """More than a notebook can sensibly be."""
        return cls(f"it has {size / 2**20:.0f} MiB, the limit is {limit / 2**20:.0f}: ask for it with outputs cleared")

    @classmethod
    def too_many_cells(cls, count: int, limit: int) -> SubmissionError:
        """A notebook made by a machine."""
        return cls(f"it has {count} cells, the limit is {limit}: look at it by hand")

    @classmethod
    def not_utf8(cls, error: UnicodeDecodeError) -> SubmissionError:
        """Not text."""
        return cls(f"it is not text in UTF-8 (byte {error.start}): ask for the .ipynb file as Jupyter saved it")

    @classmethod
    def not_json(cls, error: ValueError) -> SubmissionError:
        """Cut off or edited by hand."""
        return cls(f"it is not valid JSON, perhaps cut off ({error}): ask for the file again")

    @classmethod
    def not_a_notebook(cls, reason: str) -> SubmissionError:
        """JSON of another kind."""
        return cls(f"it is no Jupyter notebook: {reason}. Ask for the .ipynb file as Jupyter saved it")

    @classmethod
    def other_language(cls, language: str) -> SubmissionError:
        """A notebook, but for another kernel."""
        language = ascii(language)[1:-1][:40]
        return cls(f"it is a notebook in {language}, not in Python: ask for the one that was given out")

    @classmethod
    def of_another(cls, marks: list[str], lesson: str) -> SubmissionError:
        """The notebook of another assignment."""
        named = ", ".join(ascii(mark)[1:-1][:40] for mark in marks[:3])
        what = f"the notebook of {lesson}" if lesson else "another assignment's notebook"
        return cls(f"it is {what} (its cells are {named}{', …' if len(marks) > 3 else ''}): ask for the right one")

    @classmethod
    def too_new(cls, version: int) -> SubmissionError:
        """A format of the future."""
        return cls(f"it is in notebook format {version}, newer than this grader knows: ask for format 4")


class SubmissionMissing(SubmissionError):
    """There is a folder, without the notebook."""

    @classmethod
    def named(cls, name: str, others: Iterable[str] = ()) -> SubmissionMissing:
        """A file that isn't there, and those that are there instead."""
        there = " and ".join(ascii(other)[1:-1] for other in others)
        if there:
            return cls(f"{name} is not in the submitted folder, but {there}: if that is it, give it this name")
        return cls(f"{name} is not in the submitted folder: ask for it, under this name")


class SubmissionChanging(SubmissionError):
    """Somebody is at work on the submission right now."""

    @classmethod
    def while_read(cls, name: str) -> SubmissionChanging:
        """What was read may be half of it."""
        return cls(f"{name} was changed while it was read. Grade it again: its marks are as before")


class TookTooLong(SubmissionError):
    """It keeps our own programs busy for longer than any honest work does."""

    @classmethod
    def of_ours(cls, seconds: float) -> TookTooLong:
        """The process that worked on it was ended."""
        return cls(f"to read, judge and show it takes more than {seconds:.0f} s of processor time: look at it by hand")


class TookTooMuch(SubmissionError):
    """It has our own programs fill more memory than any honest work does."""

    @classmethod
    def of_ours(cls, size: int) -> TookTooMuch:
        """The process that worked on it was given no more."""
        return cls(f"to read, judge and show it takes more than {size / 2**30:.0f} GiB of memory: look at it by hand")


class IsolationUnavailable(GraderError):
    """Learners' code can't be confined here."""

    @classmethod
    def no_fork(cls) -> IsolationUnavailable:
        """Not even without isolation."""
        return cls("Windows can't fork a process, which grading needs: use the Windows Subsystem for Linux (WSL 2)")

    @classmethod
    def missing(cls, reasons: Iterable[str]) -> IsolationUnavailable:
        """Name what is missing, and the way out."""
        return cls(
            "learners' code can't be confined on this machine: "
            + "; ".join(reasons)
            + ". `grader doctor` says how to enable it. `--isolation none` grades without walls: every submission "
            "may then read and change whatever you can, so use it only for code you trust."
        )


class InfrastructureError(GraderError):
    """Not the learner's fault."""


class WarmParentLost(InfrastructureError):
    """The warm parent is gone or doesn't answer."""

    @classmethod
    def at_start(cls, last_words: str) -> WarmParentLost:
        """It never got as far as being ready."""
        return cls(f"the warm parent did not start: {last_words.strip() or 'it left no message'}")

    @classmethod
    def silent(cls, doing: str, last_words: str = "") -> WarmParentLost:
        """It was there, and no longer answers."""
        return cls(f"the warm parent did not answer when asked to {doing}. {last_words}".strip())


class ProcessLost(InfrastructureError):
    """A process is gone, and no submission is to blame."""

    @classmethod
    def killed(cls) -> ProcessLost:
        """Killed from outside, having used little."""
        return cls("a submission's process was killed from outside: by somebody, or because memory ran out")

    @classmethod
    def of_ours(cls) -> ProcessLost:
        """One that worked on a submission, and had not used up its time."""
        return cls("a process of the grader's was killed from outside: by somebody, or because memory ran out")

    @classmethod
    def workers(cls) -> ProcessLost:
        """Killed before they could begin."""
        return cls("worker processes are killed as soon as they start: find out by whom, and grade again")


class StandsStill(InfrastructureError):
    """There is no end of waiting, and nothing is done meanwhile."""

    @classmethod
    def after(cls, seconds: float) -> StandsStill:
        """All that can keep a submission waiting is bounded, and together far less."""
        return cls(f"nothing came of it in {seconds / 60:.0f} minutes")


class ConfinementFailed(InfrastructureError):
    """A submission's process could not be confined as planned."""

    @classmethod
    def refused(cls, wall: str, error: object) -> ConfinementFailed:
        """The system refused to put a protection in force."""
        return cls(f"{wall} could not be put in force: {error}")

    @classmethod
    def no_room(cls, name: str, error: object) -> ConfinementFailed:
        """The files beside a notebook are not all there."""
        return cls(f"{name!a} could not be put beside the notebook: {error}")

    @classmethod
    def leaky(cls, attempts: Iterable[str]) -> ConfinementFailed:
        """A trial from inside the walls succeeded where it should have been refused."""
        return cls("the walls let through: " + ", ".join(attempts))


def _without_password(text: str, url: str) -> str:
    """A text, a database's URL perhaps, in which the URL's password can't be read."""
    password = re.search(r"://[^:/@]*:([^@]+)@", url)
    return text.replace(password[1], "***") if password else text
