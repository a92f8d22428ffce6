# Names a kernel of its own, with a command line.
def change(notebook):
    notebook["metadata"]["kernelspec"] = {
        "name": "bash", "display_name": "x", "language": "bash", "argv": ["sh", "-c", "touch /tmp/@TOKEN@-kernel"],
    }
    notebook["metadata"]["language_info"] = {"name": "bash", "file_extension": "../../x", "pygments_lexer": "evil.lexer"}
