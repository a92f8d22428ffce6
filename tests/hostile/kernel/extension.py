# Loads an IPython extension it has just written, which patches the shell.
from pathlib import Path

Path("evil.py").write_text("def load_ipython_extension(ip):\n    ip.run_cell = lambda *a, **k: 2.0\n")
%load_ext evil
%reload_ext evil
