"""The course as static pages shows what lessons show, and gives no answer away."""

import ast
import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import solutions
from grader.authoring.build import lesson_names
from grader.authoring.links import broken_links
from grader.authoring.site import INDEX, _released, build_site, lesson_page, write_pages
from grader.authoring.solved import _run, outputs
from grader.authoring.taint import cells_without, telling_cells
from grader.errors import AuthoringError
from tests.courses import check_pair
from tests.test_bundle import answers, normal

LESSON = "02_definition"
SHOWN = {"cell-004": [{"output_type": "stream", "name": "stdout", "text": "<b>four</b>\x1b[31m!"}]}


@pytest.fixture(scope="module")
def pages():
    """All lessons' pages, as if their cells showed next to nothing: what they show is another test's."""
    return [lesson_page(name, _released(name), SHOWN) for name in lesson_names()]


@pytest.fixture(scope="module")
def site(pages, tmp_path_factory):
    """The folder of the site."""
    folder = tmp_path_factory.mktemp("site") / "site"
    write_pages(folder, pages)
    return folder


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """What the solved lesson shows, run once."""
    return outputs(LESSON, tmp_path_factory.mktemp("kept"))


def exercise(name):
    return next(each for each in solutions.exercises(LESSON) if each.name == name)


def test_every_link_leads_somewhere(site):
    """A reader would be led nowhere."""
    assert broken_links(site) == []


def test_the_map_of_the_course_leads_to_its_pages(tmp_path, pages):
    """The site could not be built: beside it lie no lessons' folders, to which the map in the notebook leads."""
    first = lesson_page("00_start_here", _released("00_start_here"), outputs("00_start_here", tmp_path / "kept"))
    write_pages(tmp_path / "site", [first, next(page for page in pages if page.name == LESSON)])
    html = (tmp_path / "site" / "00_start_here.html").read_text()
    assert broken_links(tmp_path / "site") == []
    assert f'<a href="{LESSON}.html" style=' in html and "03 Weight sharing" in html


def test_broken_links_are_found(site, tmp_path):
    """The test above would pass because nothing is looked at."""
    (tmp_path / "a.html").write_text(
        '<svg><path id="A"/></svg><svg><path id="A"/></svg><i id="x"></i><i id="x"></i>'
        '<a href="b.html"></a><a href="a.html#y"></a><img src=c.png>'
    )
    assert broken_links(tmp_path) == [
        "a.html: #x is there twice", "a.html: b.html is not there", "a.html: a.html#y has no such place",
        "a.html: c.png is not there",
    ]  # fmt: skip


def test_every_exercise_is_there_as_its_stub(pages):
    """Readers would not see what they are to write."""
    for page in pages:
        stubs = [block.name for block in page.blocks if block.kind == "exercise"]
        assert stubs == [each.name for each in solutions.exercises(page.name)] or set(stubs) == {
            each.name for each in solutions.exercises(page.name)
        }
    (step,) = (block for page in pages for block in page.blocks if block.name == "rnn_step")
    assert "raise" in step.html and step.points == 2


def test_pages_need_nothing_from_elsewhere_and_run_only_their_own_script(site):
    """Formulas or pictures would be missing without a network, and somebody would learn who reads what."""
    for path in site.glob("*.html"):
        html = path.read_text()
        assert not re.search(
            r"""(?i)<(link|script|img|iframe)[^>]*(src|href)=["']?(https?:)?//|@import|\son\w+="|\$\$""", html
        )
        assert re.findall(r"<script[^>]*>", html) == [
            '<script src="found.js" defer>', '<script src="site.js" defer>',
        ]  # fmt: skip
        assert "default-src 'none'; script-src 'self'" in html
    assert (site / f"{LESSON}.html").read_text().count("<math") > 50


def test_what_a_cell_prints_is_text(site):
    """A printed `<b>` would be part of the page."""
    assert "<pre>&lt;b&gt;four&lt;/b&gt;!</pre>" in (site / f"{LESSON}.html").read_text()


def test_all_sections_can_be_found(site, pages):
    """A reader who looks for a word would not find the section it is in."""
    found = json.loads((site / INDEX).read_text().removeprefix("const FOUND = ").rstrip(";\n"))
    anchors = {each["at"] for each in found}
    assert {f"{page.name}.html#{anchor}" for page in pages for anchor, _ in page.sections} <= anchors
    assert all(each["title"] for each in found)
    assert any("latch_weights" in each["text"] for each in found)


def test_a_solved_lesson_shows_its_pictures_and_none_of_its_verdicts(shown):
    """The pages would be bare, or a verdict would say what is right."""
    drawn = [
        output["data"]["text/html"]
        for found in shown.values()
        for output in found
        if "text/html" in output.get("data", {})
    ]
    assert sum("<svg" in html for html in drawn) > 3
    assert not any("unrolled-verdict" in html for html in drawn)
    assert not {*shown} & {each.name for each in solutions.exercises(LESSON)}


def test_no_answer_of_ours_is_on_a_page(site, shown, tmp_path):
    """Readers could look the answers up: reference code, or weights that they are to find."""
    write_pages(tmp_path / "site", [lesson_page(LESSON, _released(LESSON), shown)])
    bodies = answers()
    for folder in (site, tmp_path / "site"):
        for path in (path for path in folder.rglob("*") if path.is_file()):
            text = normal(re.sub(r"<[^>]*>", "", path.read_text()).replace("&quot;", '"').replace("&gt;", ">"))
            assert [name for name, body in bodies.items() if body in text] == [], path
    html = (tmp_path / "site" / f"{LESSON}.html").read_text()
    for name in ("latch_weights", "parity_weights"):
        telling = ast.unparse(ast.parse(check_pair(exercise(name))[0].source).body[0].body[-1])
        assert telling not in html


def test_outputs_that_depend_on_an_answer_are_left_out():
    """A cell that prints the weights to be found, or a variable made of them, would give them away."""
    latch, step = exercise("latch_weights"), exercise("rnn_step")
    sources = (
        "print(latch_weights)",
        "mine = {'a': latch_weights}\nprint(mine)",
        "def run():\n    found = latch_weights()\n    return found",
        "print(run())",
        "found = np.ones(3)\nprint(rnn_step(found))",
        "kept = []\nkept.append(latch_weights)",
        "kept",
        "mine = 3",
        "print(mine)",
        "np.array(latch_weights)",
        "import numpy as np\nprint(np.pi)",
        "%matplotlib inline\nx = 3",
    )
    cells = [new_markdown_cell("latch_weights"), *map(new_code_cell, sources)]
    assert telling_cells(cells, [latch, step]) == {1, 2, 3, 4, 6, 7, 10}


def test_what_needs_a_cell_that_is_left_out_is_left_out_too():
    """Pictures of a training that is not done here would end the site in a NameError."""
    sources = "x = 1", "training = run(x)", "print(x)", "training.picture()", "import numpy as np\ny = np.ones(x)", "y"
    assert cells_without([*map(new_code_cell, sources)], [1]) == {1, 3}


def test_a_solved_lesson_that_fails_is_named():
    """The site would show a traceback as if it belonged there."""
    notebook = new_notebook(cells=[new_code_cell("1 / 0")], metadata=_released(LESSON).metadata)
    with pytest.raises(AuthoringError, match=r"02_definition: with all exercises solved(?s:.*)ZeroDivision"):
        _run(LESSON, nbformat.from_dict(notebook), [])


def test_nobodys_files_make_way(tmp_path):
    """`grader site -o .` would remove somebody's work."""
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(AuthoringError, match="something else"):
        build_site(tmp_path, tmp_path / "kept")
    assert (tmp_path / "thesis.tex").is_file()
