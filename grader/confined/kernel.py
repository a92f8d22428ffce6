"""An IPython kernel without sockets: Jupyter's messages go to a recorder instead of ZeroMQ."""

from __future__ import annotations

import ast
import asyncio
import dis
import logging
import os
import sys
import tempfile
import threading
import types
import warnings
import zlib
from collections.abc import Mapping
from functools import partial
from typing import Any

# The debugger is of no use here and slow to import.
sys.modules.setdefault("debugpy", None)

from ipykernel import compiler  # noqa: E402
from ipykernel.compiler import XCachingCompiler  # noqa: E402
from ipykernel.ipkernel import IPythonKernel  # noqa: E402
from ipykernel.zmqshell import ZMQInteractiveShell  # noqa: E402
from IPython.core.error import StdinNotImplementedError  # noqa: E402
from IPython.core.history import HistoryManager  # noqa: E402
from IPython.core.inputtransformer2 import TransformerManager, leading_empty_lines  # noqa: E402
from IPython.utils.text import SList  # noqa: E402
from jupyter_client.session import Session  # noqa: E402
from tornado.ioloop import IOLoop  # noqa: E402
from traitlets import Instance, Type  # noqa: E402
from traitlets.config import Config  # noqa: E402

from grader.confined.recorder import Printed, Recorder  # noqa: E402

ELSEWHERE = (ImportError, OSError, StdinNotImplementedError)
"""What a line raises that needs something which is where the notebook was written, and not here."""
WENT_ON = "[not here while grading; the rest of the cell was run]"
PROGRAMS = ("bash", "cmd", "perl", "pypy", "python", "python2", "python3", "ruby", "script", "sh")
SCREENLESS = ("agg", "cairo", "inline", "module://matplotlib_inline", "pdf", "pgf", "ps", "svg", "template")


def name_cells_quickly() -> None:
    """Have the file that a cell seems to stand in called by a hash that isn't worked out letter by letter."""
    compiler.murmur2_x86 = lambda code, seed: zlib.crc32(code.encode("utf-8", "replace"), seed)


def draw_without_a_screen() -> None:
    """Have `matplotlib.use("TkAgg")` and its like change nothing: what is drawn shows inline."""
    import matplotlib
    from matplotlib import pyplot

    use, switch = matplotlib.use, pyplot.switch_backend
    matplotlib.use = lambda backend, **kw: use(backend, **kw) if _is_screenless(backend) else None
    pyplot.switch_backend = lambda backend: switch(backend) if _is_screenless(backend) else None


def _is_screenless(backend: Any) -> bool:
    return str(backend).lower().startswith(SCREENLESS)


class RecordingSession(Session):
    """Hands every message a kernel sends to the recorder."""

    recorder = Instance(Recorder)

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, *args: Any, **more: Any):
        """Take the place of sending over a socket; returns the message, as the original does."""
        message = msg_or_type if isinstance(msg_or_type, Mapping) else self.msg(msg_or_type, content or {}, parent)
        self.recorder.take(message["header"]["msg_type"], message["content"])
        return message


class QuickTransformer(TransformerManager):
    """Looks for magics and prompts only where a cell isn't plain Python."""

    def transform_cell(self, cell: str) -> str:
        """The cell as Python: where it is that already, without the blank lines above it."""
        ended = cell if cell.endswith("\n") else f"{cell}\n"
        plain = "".join(leading_empty_lines(ended.splitlines(keepends=True)))
        return plain if Trees.read(plain) else super().transform_cell(cell)


class Trees(XCachingCompiler):
    """A compiler that is given a cell which has been read already, for magics."""

    _read: tuple[str, ast.AST | None] = ("", None)

    @classmethod
    def read(cls, cell: str) -> bool:
        """Whether a cell is plain Python, of which there is nothing to warn."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                Trees._read = cell, ast.parse(cell)
        except Exception:
            return False
        return True

    def ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> ast.AST:
        """The tree of a cell: each is given away once, for whoever gets it may change it."""
        (cell, tree), Trees._read = Trees._read, ("", None)
        known = tree is not None and (cell, symbol) == (source, "exec")
        return tree if known else super().ast_parse(source, filename, symbol)


class QuickHistory(HistoryManager):
    """Remembers cells, as `In` and `_i` have them, and nothing else."""

    def store_inputs(self, line_num: int, source: str, source_raw: str | None = None) -> None:
        """Remember a cell."""
        raw = (source if source_raw is None else source_raw).rstrip("\n")
        last = ["", "", "", *self.input_hist_raw[-3:]]
        self.input_hist_parsed.append(source.rstrip("\n"))
        self.input_hist_raw.append(raw)
        self.shell.user_ns.update(_i=last[-1], _ii=last[-2], _iii=last[-3])
        self.shell.user_ns[f"_i{line_num}"] = raw


class ConfinedShell(ZMQInteractiveShell):
    """An IPython shell whose only way to draw is inline, and that can go on after a line which can't work here."""

    _transformed: tuple[Any, str] = (None, "")
    input_transformer_manager = Instance(QuickTransformer, ())
    lenient = quiet = False

    def init_history(self) -> None:
        """Remember less than IPython does."""
        self.history_manager = QuickHistory(shell=self, parent=self)

    async def run_code(self, code_obj: Any, result: Any = None, *, async_: bool = False) -> bool:
        """Run one statement of a cell; whether the cell is to stop there."""
        failed = await super().run_code(code_obj, result, async_=async_)
        if not (failed and self.lenient and self._is_of_elsewhere(getattr(result, "error_in_exec", None))):
            return failed
        self.lost |= {step.argval for step in dis.get_instructions(code_obj) if step.opname == "STORE_NAME"}
        result.error_in_exec = None
        print(WENT_ON)
        return False

    def _is_of_elsewhere(self, error: BaseException | None) -> bool:
        """Whether a line failed for what isn't here, or for a name that such a line would have set."""
        return isinstance(error, ELSEWHERE) or (isinstance(error, NameError) and error.name in self.lost)

    def transform_cell(self, raw_cell: str) -> str:
        """A cell as plain Python; ipykernel asks twice for each, and to answer is a fifth of what a cell takes."""
        cell = self.execution_count, raw_cell
        if self._transformed[0] != cell:
            self._transformed = cell, super().transform_cell(raw_cell)
        return self._transformed[1]

    def should_run_async(self, raw_cell: str, *, transformed_cell: str | None = None, **more: Any) -> bool:
        """Whether the cell has an `await` outside all functions, for which most need not be compiled."""
        likely = transformed_cell is None or "await" in transformed_cell or "async" in transformed_cell
        return likely and super().should_run_async(raw_cell, transformed_cell=transformed_cell, **more)

    def awaits(self, source: str) -> bool:
        """Whether a cell is to be run by the event loop."""
        try:
            return self.should_run_async(source, transformed_cell=self.transform_cell(source))
        except Exception:  # it is no Python: the shell says why
            return False

    def showtraceback(self, exc_tuple: Any = None, *args: Any, **more: Any) -> None:
        """Show what was raised, where anybody looks: to word it is the most that many a cell takes."""
        if self.quiet:
            self._get_exc_info(exc_tuple)
        else:
            super().showtraceback(exc_tuple, *args, **more)

    def _format_exception_for_storage(self, *_: Any, **__: Any) -> dict:
        """Word nothing for a history that nobody reads."""
        return {}

    def system(self, cmd: str) -> None:
        """Leave `!command` be: no program can be started here, and what follows in the cell need not suffer."""
        print(f"not run while grading: !{cmd}")
        self.user_ns["_exit_code"] = 1

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> SList | str:
        """The same for `lines = !command`, which gives nothing."""
        self.system(cmd)
        return SList() if split else ""

    def enable_gui(self, gui: Any = None) -> None:
        """Leave it: there is no screen."""

    def enable_matplotlib(self, gui: Any = None) -> Any:
        """Draw inline whatever is asked for: `%matplotlib widget` needs a front end that isn't here."""
        return super().enable_matplotlib("inline")

    def leave_programs_be(self) -> None:
        """Let `%%bash` and its like do what `!command` does: nothing, and say so."""
        for name in PROGRAMS:
            self.register_magic_function(partial(self._not_run, name), "line_cell", name)

    def _not_run(self, name: str, *_: str) -> None:
        print(f"not run while grading: %%{name}")


class ConfinedKernel(IPythonKernel):
    """The kernel a submission runs in."""

    shell_class = Type(ConfinedShell)
    compiler_class = Type(Trees)
    _execute_sleep = 0

    @classmethod
    def start_one(cls, recorder: Recorder) -> ConfinedKernel:
        """Make the process's kernel and point sys.stdout and sys.stderr at the recorder."""
        sys.stdout, sys.stderr = Printed(recorder, "stdout"), Printed(recorder, "stderr")
        name_cells_quickly()
        config = Config()
        config.HistoryManager.enabled = False
        config.Completer.use_jedi = False
        session = RecordingSession(recorder=recorder)
        kernel = cls.instance(session=session, config=config, log=logging.getLogger("kernel"))
        kernel.recorder = recorder
        kernel.shell.db = {}  # of magics: `%cd` writes into it, and the file it is for can't be written
        kernel.shell.leave_programs_be()
        kernel.shell.InteractiveTB.set_mode("Plain")  # with context, an error takes ten times as long as a cell
        kernel.shell.lost = set()
        kernel.shell_channel_thread = types.SimpleNamespace(parent_thread=threading.main_thread())
        return kernel

    def open_loop(self) -> None:
        """Give the kernel an event loop of this process."""
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self._remember_loop())

    def close_loop(self) -> None:
        """Close the event loop, so that a fork doesn't share it."""
        self.io_loop.close(all_fds=False)
        self.loop.close()
        asyncio.set_event_loop(None)

    async def _remember_loop(self) -> None:
        self.io_loop = IOLoop.current()

    def run(
        self, source: str, execution_count: int, lenient: bool = False, quiet: bool = False
    ) -> tuple[str, list[dict]]:
        """Run one cell.

        Parameters
        ----------
        source : str
        execution_count : int
        lenient : bool
            Whether to go on after a line that only fails for where it is run.
        quiet : bool
            Whether nobody looks: then no picture is drawn, no error put into words, and there are no outputs.

        Returns
        -------
        status : str
            "ok" or "error".
        outputs : list of dict
            As nbformat has them.
        """
        self.recorder.begin()
        self.shell.execution_count, self.shell.lenient, self.shell.quiet = execution_count, lenient, quiet
        if quiet:
            self.shell.display_formatter.active_types = ["text/plain"]
        request = self.session.msg("execute_request", {"code": source, "silent": False, "allow_stdin": False})
        self.set_parent([], request)
        self.replied = "error"
        try:
            self.loop.run_until_complete(self._execute(source, request))
        except KeyboardInterrupt:
            self.recorder.take("error", {"ename": "KeyboardInterrupt", "evalue": "", "traceback": []})
        return self.replied, [] if quiet else self.recorder.finish()

    async def _execute(self, source: str, request: dict) -> None:
        """Run a cell as ipykernel does; one that awaits nothing goes to the shell at once, in half of the time."""
        if self.shell.awaits(source):
            return await self.execute_request(None, [], request)
        self._forward_input(False)
        try:
            result = self.shell.run_cell(source, store_history=True)
        finally:
            self._restore_input()
        failed = not result.success or getattr(self.shell, "_last_traceback_during_displayhook", False)
        self.replied = "error" if failed else "ok"

    async def do_execute(self, *args: Any, **more: Any) -> dict:
        """Run a cell and keep the reply's status."""
        reply = await super().do_execute(*args, **more)
        self.replied = reply["status"]
        return reply

    def forget(self) -> None:
        """Leave a fresh namespace behind."""
        self.shell.reset(new_session=True)
        self.recorder.begin()

    def _abort_queues(self, subshell_id: Any = None) -> None:
        """Nothing is queued here: cells are sent one by one."""


def settle(folder: str) -> None:
    """Make `folder` the working directory and the home of everything that looks for one."""
    os.chdir(folder)
    os.environ.update(HOME=folder, TMPDIR=folder, IPYTHONDIR=os.path.join(folder, ".ipython"))
    tempfile.tempdir = folder
