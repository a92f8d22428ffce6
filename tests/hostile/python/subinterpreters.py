# Hides code in another interpreter of the same process, where patches are not seen.
try:
    import _xxsubinterpreters as interpreters
except ImportError:
    import _interpreters as interpreters
other = interpreters.create()
interpreters.run_string(other, "import os\nprint(os.environ)\nopen('/tmp/@TOKEN@-interpreter', 'w')")
