# Stores a script and a score as widget state.
import ipywidgets

ipywidgets.HTML("<script>alert(1)</script><b>100.0</b>")
