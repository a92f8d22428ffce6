"""The learner's bundle, `notebooks/` and the wheel, holds no answer, right or wrong."""

import ast
import contextlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
TELLING = re.compile(r"(?=.*(np\.|[-+*/@=])).{20}", re.DOTALL)  # neither `return h` nor a mere call of another exercise


@pytest.fixture(scope="module")
def bundle(tmp_path_factory) -> dict[str, str]:
    """All texts that learners get, by file name: Python in normal form, notebooks cell by cell."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT / "unrolled", check=True, capture_output=True)
    wheel = ZipFile(next(folder.glob("*.whl")))
    texts = {name: normal(wheel.read(name).decode(errors="ignore")) for name in wheel.namelist()}
    for path in (ROOT / "notebooks").rglob("*.*"):
        cells = json.loads(path.read_text()).get("cells", ()) if path.suffix == ".ipynb" else ()
        texts |= {f"{path.name} {place}": normal("".join(cell["source"])) for place, cell in enumerate(cells)}
        if path.suffix != ".ipynb":
            texts[path.name] = path.read_bytes().decode(errors="ignore")
    return texts


def normal(source: str) -> str:
    """Python without comments, layout and spacing; any other text without spacing."""
    with contextlib.suppress(SyntaxError, ValueError):
        source = ast.unparse(ast.parse(source))
    return "".join(source.split())


def bodies(path: Path) -> Iterator[tuple[str, str]]:
    """Name and body of each function of the file, in normal form, without docstring and final `return`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            text = normal("\n".join(map(ast.unparse, body)))
            yield node.name, text.removeprefix("return")


def answers() -> dict[str, str]:
    """The telling bodies of all functions written as answers, right, wrong and other."""
    kinds = ("reference.py", "misconceptions/*.py", "variants.py", "formulas.py")
    files = {path.relative_to(ROOT / "solutions"): path for kind in kinds for path in ROOT.glob(f"solutions/*/{kind}")}
    found = {f"{place}: {name}": body for place, path in files.items() for name, body in bodies(path)}
    return {answer: body for answer, body in found.items() if TELLING.match(body)}


def test_no_answer_of_ours_is_in_the_bundle(bundle):
    """A learner could look an answer up, and an honest one could meet it by accident."""
    assert answers()
    leaks = [(answer, place) for answer, body in answers().items() for place, text in bundle.items() if body in text]
    assert leaks == []


def test_the_search_finds_a_planted_answer(bundle):
    """The test above would pass because it looks for something nobody writes."""
    planted = "def mine(x,h,u_x,u_h,u_0):\n  # my own\n  return  np.tanh( u_x@x + u_h@h+u_0 )"
    assert answers()["definition/reference.py: rnn_step"] in normal(planted)
