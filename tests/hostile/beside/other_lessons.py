# Hands in under names that lead out of the folder of submissions.
def put(path, data):
    path.write_bytes(data)
    for name in ("..evil", "02_definition\n", "x" * 200, ".verdicts", "-f"):
        (path.parent.parent / name).mkdir(exist_ok=True)
        (path.parent.parent / name / path.name).write_bytes(data)
