# Tags the check cells so that errors in them count as wanted.
def change(notebook):
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["raises-exception"]
        cell["metadata"]["nbmake"] = {"skip": True}
