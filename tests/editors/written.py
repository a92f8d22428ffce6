"""How editors write notebooks: described by hand, one after the other, and applied to any notebook by `written`."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

PYTHON = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3.12.3",
}
TIMES = {"iopub.status.busy": "2026-03-02T10:00:0{place}Z", "shell.execute_reply": "2026-03-02T10:00:0{place}Z"}
STDERR = {"output_type": "stream", "name": "stderr", "text": ["warning: no GPU\n"]}
VIEW = {"model_id": "5e0f", "version_major": 2, "version_minor": 0}


def kernel(name: str, shown: str, **more: str) -> dict[str, Any]:
    """A notebook's note of the kernel it ran in."""
    return {"name": name, "display_name": shown} | more


def lines(notebook: dict) -> bytes:
    """As most write it: indented, every cell's text a list of lines."""
    notebook = deepcopy(notebook)
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    return json.dumps(notebook, indent=1, ensure_ascii=False).encode()


def strings(notebook: dict) -> bytes:
    """On one line, every cell's text a string."""
    return json.dumps(notebook).encode()


def windows(notebook: dict) -> bytes:
    """With Windows' line ends between the lines, in the cells, too, and a byte order mark before them."""
    notebook = deepcopy(notebook)
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n")
    return b"\xef\xbb\xbf" + json.dumps(notebook, indent=4).replace("\n", "\r\n").encode()


@dataclass(frozen=True)
class Editor:
    """How one editor writes a notebook that was opened in it.

    Attributes
    ----------
    notebook : dict
        The notebook's metadata. What was there before goes, unless `keeps_notebook`.
    cell : dict
        Metadata that every cell gets; `{place}` in a text is the cell's number.
    code, markdown : dict
        The same, for cells of one kind.
    drops : tuple of str
        Metadata of cells that is lost.
    ids : {"kept", "none", "new"}
        What becomes of the cells' own ids.
    minor : int
        Of format 4.
    first : tuple of str
        Code that people there put on top.
    outputs : tuple of dict
        What is added to the outputs of a code cell.
    file : callable
        The notebook's bytes.
    """

    notebook: dict = field(default_factory=dict)
    keeps_notebook: bool = True
    cell: dict = field(default_factory=dict)
    code: dict = field(default_factory=dict)
    markdown: dict = field(default_factory=dict)
    drops: tuple[str, ...] = ()
    ids: str = "kept"
    minor: int = 5
    first: tuple[str, ...] = ()
    outputs: tuple[dict, ...] = ()
    file: Callable[[dict], bytes] = lines


COLAB = Editor(
    notebook={
        "accelerator": "GPU",
        "colab": {"provenance": [], "gpuType": "T4", "toc_visible": True, "name": "02_definition.ipynb"},
        "kernelspec": kernel("python3", "Python 3"),
        "language_info": {"name": "python"},
    },
    keeps_notebook=False,
    cell={"id": "Qx7Zt0a{place}bc"},
    code={
        "colab": {"base_uri": "https://localhost:8080/", "height": 17},
        "outputId": "0f9c{place}",
        "executionInfo": {"status": "ok", "timestamp": 1772445600000, "user": {"displayName": "Ada"}, "elapsed": 4},
    },
    ids="none",
    minor=0,
    first=(
        "!pip install unrolled",
        "from google.colab import drive, output\ndrive.mount('/content/drive')\noutput.enable_custom_widget_manager()",
        "%cd /content/drive/MyDrive",
    ),
    outputs=(
        STDERR,
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {
                "text/plain": ["HBox()"],
                "application/vnd.jupyter.widget-view+json": VIEW | {"version_minor": 1},
                "application/vnd.google.colaboratory.intrinsic+json": {"type": "string"},
            },
        },
    ),
)
KAGGLE = Editor(
    notebook={
        "kernelspec": kernel("python3", "Python 3", language="python"),
        "language_info": PYTHON,
        "kaggle": {"accelerator": "none", "dataSources": [], "isInternetEnabled": True, "sourceType": "notebook"},
    },
    keeps_notebook=False,
    cell={"_uuid": "8f2839f2-{place}", "_cell_guid": "b1076dfc-{place}", "trusted": True},
    code={"execution": TIMES, "papermill": {"duration": 0.004, "status": "completed", "exception": False}},
    ids="none",
    minor=4,
    first=(
        "# This Python 3 environment comes with many helpful analytics libraries installed\n"
        "import os\nfor folder, _, names in os.walk('/kaggle/input'):\n    print(folder, names)",
        "%pip install -q unrolled",
    ),
    outputs=({"output_type": "stream", "name": "stdout", "text": "Requirement already satisfied: unrolled\n"},),
    file=strings,
)
VS_CODE = Editor(
    notebook={"kernelspec": kernel(".venv", ".venv (3.12.3)", language="python"), "language_info": PYTHON},
    cell={"vscode": {"languageId": "python"}},
    markdown={"vscode": {"languageId": "markdown"}},
    outputs=(
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {"application/vnd.jupyter.widget-view+json": VIEW, "text/plain": ["HBox()"]},
        },
    ),
)
VS_CODE_OF_2022 = Editor(
    notebook={
        "kernelspec": kernel("python3", "Python 3.9.13 ('dept')", language="python"),
        "language_info": PYTHON | {"version": "3.9.13"},
        "orig_nbformat": 4,
        "vscode": {"interpreter": {"hash": "31f2aee4e71d21fbe5cf8b01ff0e069b"}},
    },
    keeps_notebook=False,
    cell={"pycharm": {"name": "#%%\n", "is_executing": False}},
    ids="none",
    minor=2,
    file=windows,
)
DEEPNOTE = Editor(
    notebook={
        "deepnote": {},
        "deepnote_notebook_id": "4e1d0d8f5a6d4d9a",
        "deepnote_execution_queue": [],
        "orig_nbformat": 2,
    },
    keeps_notebook=False,
    cell={"cell_id": "000{place}f2d8", "tags": [], "deepnote_cell_height": 99},
    code={
        "deepnote_cell_type": "code",
        "deepnote_to_be_reexecuted": False,
        "source_hash": "b623e53d",
        "execution_start": 1772445600000,
        "execution_millis": 3,
    },
    markdown={"deepnote_cell_type": "markdown"},
    drops=("nbgrader", "deletable", "editable"),
    ids="none",
    minor=0,
    first=("!pip install unrolled==1.1.0",),
    outputs=({"output_type": "error", "ename": "Stopped", "evalue": "", "traceback": []},),
    file=strings,
)
JUPYTERLAB = Editor(
    notebook={
        "kernelspec": kernel("python3", "Python 3 (ipykernel)", language="python"),
        "language_info": PYTHON,
        "toc-autonumbering": False,
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}, "version_major": 2, "version_minor": 0}},
    },
    cell={"editable": True, "slideshow": {"slide_type": ""}, "tags": []},
    code={"execution": TIMES, "jupyter": {"source_hidden": False, "outputs_hidden": True}, "scrolled": True},
)
NOTEBOOK_7 = Editor(
    notebook={"kernelspec": kernel("conda-env-dept-py", "Python [conda env:dept]", language="python")},
    code={"collapsed": True, "trusted": True},
    ids="new",
    outputs=(STDERR,),
)
NBCLASSIC = Editor(
    notebook={
        "celltoolbar": "Create Assignment",
        "kernelspec": kernel("python3", "Python 3"),
        "language_info": PYTHON,
        "toc": {"base_numbering": 1, "nav_menu": {}, "sideBar": True},
        "varInspector": {"window_display": False, "types_to_exclude": ["module"]},
    },
    code={"collapsed": False, "scrolled": "auto", "ExecuteTime": {"start_time": "2026-03-02T10:00:00.000Z"}},
    markdown={"heading_collapsed": True, "hidden": True},
    ids="none",
)
EDITORS = {
    "Colab": COLAB,
    "Kaggle": KAGGLE,
    "VS Code": VS_CODE,
    "VS Code of 2022": VS_CODE_OF_2022,
    "Deepnote": DEEPNOTE,
    "JupyterLab": JUPYTERLAB,
    "Notebook 7": NOTEBOOK_7,
    "nbclassic": NBCLASSIC,
}


def written(notebook: dict, editor: Editor) -> bytes:
    """The notebook as the editor writes it."""
    notebook = deepcopy(notebook)
    notebook["cells"] = [_code(source) for source in editor.first] + notebook["cells"]
    notebook["metadata"] = (notebook["metadata"] if editor.keeps_notebook else {}) | editor.notebook
    notebook["nbformat_minor"] = editor.minor
    for place, cell in enumerate(notebook["cells"]):
        _write_cell(cell, place, editor)
    return editor.file(notebook)


def _code(source: str) -> dict:
    return {"cell_type": "code", "id": "", "metadata": {}, "source": source, "outputs": [], "execution_count": None}


def _write_cell(cell: dict, place: int, editor: Editor) -> None:
    kept = {name: value for name, value in cell["metadata"].items() if name not in editor.drops}
    added = editor.cell | (editor.code if cell["cell_type"] == "code" else editor.markdown)
    cell["metadata"] = kept | _numbered(added, place)
    cell["id"] = f"{place:08x}" if editor.ids == "new" else cell.get("id")
    if editor.ids == "none":
        del cell["id"]
    if cell["cell_type"] == "code":
        cell["outputs"] = [*cell["outputs"], *deepcopy(editor.outputs)]
        cell["execution_count"] = place + 1


def _numbered(value: Any, place: int) -> Any:
    if isinstance(value, dict):
        return {name: _numbered(inner, place) for name, inner in value.items()}
    return value.replace("{place}", str(place)) if isinstance(value, str) else value
