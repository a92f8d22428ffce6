"""Graded notebooks as text: what is kept of everybody is short, and the same notebook."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from grader.judging.written import as_text, from_text


def test_a_notebook_in_one_line_is_the_same_notebook():
    """Formgrader would open another one than was graded; or a class would fill the disk with blanks."""
    outputs = [new_output("stream", text="one\ntwo\n"), new_output("display_data", {"text/plain": "ä\nö"})]
    notebook = new_notebook(cells=[new_markdown_cell("# A\n\n$x$"), new_code_cell("x = 1\nx", outputs=outputs)])
    text = as_text(notebook)
    assert nbformat.reads(text, as_version=4) == from_text(text) == notebook
    assert "\n" not in text and len(text) < 0.7 * len(nbformat.writes(notebook))
