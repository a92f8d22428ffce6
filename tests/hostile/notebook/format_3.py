# Hands in an old format, with worksheets and prompts.
def change(notebook):
    cells = [
        {"cell_type": cell["cell_type"], "input": cell["source"], "source": cell["source"], "language": "python",
         "metadata": cell["metadata"], "outputs": [{"output_type": "pyout", "text": ["2.0"]}], "prompt_number": 1}
        for cell in notebook["cells"]
    ]
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "../../x"}, "worksheets": [{"cells": cells}, 5]}
