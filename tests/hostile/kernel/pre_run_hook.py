# Empties every cell just before it runs.
def empty(info):
    info.raw_cell = "2.0"


get_ipython().events.register("pre_run_cell", empty)
get_ipython().events.register("pre_execute", lambda: None)
