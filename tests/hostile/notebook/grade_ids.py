# Uses ids that are paths, markup, endless, or no text at all.
def change(notebook):
    odd = ["../../../evil", "a\x00b", "x" * 4096, "<script>alert(1)</script>", ["a"], {"a": 1}, None, 1.5, "\ud800", "\n",
           "check_rnn_step\u200b", "rnn_step/../../x", "=1+1"]
    for cell, name in zip(notebook["cells"], odd * 10):
        cell["metadata"].setdefault("nbgrader", {"grade": True, "points": 5, "solution": False})["grade_id"] = name
