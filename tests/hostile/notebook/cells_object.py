# Makes the list of cells an object.
def change(notebook):
    notebook["cells"] = {str(place): cell for place, cell in enumerate(notebook["cells"])}
