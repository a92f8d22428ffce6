# Updates and clears the same output without end.
from IPython.display import clear_output, display

handle = display("x" * 1000, display_id=True)
while True:
    handle.update("x" * 1000)
    clear_output(wait=True)
