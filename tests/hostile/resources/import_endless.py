# Never finishes importing its own module, from a thread that holds the import lock.
from pathlib import Path

Path("never.py").write_text("import time\nwhile True:\n    time.sleep(1)\n")
import threading

threading.Thread(target=__import__, args=("never",), daemon=True).start()
__import__("never")
