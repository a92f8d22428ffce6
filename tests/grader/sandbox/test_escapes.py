"""Every way out of the sandbox that anybody thought of, tried from inside, one by one, and refused."""

import os
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[3]

REFUSED = {
    "read /etc/passwd": "open('/etc/passwd').read()",
    "read own environment": "open('/proc/self/environ').read()",
    "read init's environment": "open('/proc/1/environ').read()",
    "list processes": "os.listdir('/proc')",
    "list the root": "os.listdir('/')",
    "list home folders": "os.listdir('/root'), os.listdir('/home')",
    "list the temporary folder": "os.listdir('/tmp')",
    "list the scratch folders": "os.listdir('..')",
    "list the checkout": f"os.listdir({str(ROOT)!r})",
    "read the solutions": f"os.listdir({str(ROOT / 'solutions')!r})",
    "read the grader": f"open({str(ROOT / 'grader' / 'sandbox.py')!r}).read()",
    "read the git history": f"os.listdir({str(ROOT / '.git')!r})",
    "import the solutions": f"sys.path.append({str(ROOT)!r}); importlib.import_module('solutions')",
    "import the grader": f"sys.path.append({str(ROOT)!r}); importlib.import_module('grader.judging.grading')",
    "go up by a link": f"os.symlink({str(ROOT)!r}, 'up'); os.listdir('up')",
    "link a file into reach": "os.link('/etc/passwd', 'p')",
    "write into the learners' package": f"open({str(ROOT / 'unrolled' / 'evil.py')!r}, 'w')",
    "write into the packages": "open(np.__file__, 'a')",
    "write to the temporary folder": "open('/tmp/unrolled-evil', 'w')",
    "write to shared memory": "open('/dev/shm/unrolled-evil', 'w')",
    "make a named pipe": "os.mkfifo('pipe')",
    "make a device": "os.mknod('disk', 0o60666, os.makedev(8, 0))",
    "open a terminal": "os.openpty()",
    "empty a file opened for reading": "os.open('g', os.O_CREAT | os.O_TRUNC)",
    "empty a package": "os.truncate(np.__file__, 0)",
    "give a file away": "open('f', 'w').close(); os.chown('f', 1, 1)",
    "fork": "os.fork()",
    "fork by multiprocessing": "multiprocessing.get_context('fork').Process(target=print).start()",
    "spawn by multiprocessing": "multiprocessing.get_context('spawn').Process(target=print).start()",
    "exec": "os.execv(sys.executable, [sys.executable, '-c', ''])",
    "run a program": "subprocess.run(['true'])",
    "run by posix_spawn": "os.posix_spawn('/usr/bin/true', ['true'], {})",
    "vfork": "fail(libc.vfork())",
    "run from memory": "os.memfd_create('x')",
    "open an internet socket": "socket.socket(socket.AF_INET)",
    "open an IPv6 socket": "socket.socket(socket.AF_INET6)",
    "open a local socket": "socket.socket(socket.AF_UNIX)",
    "open a netlink socket": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "open a packet socket": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "open a pair of sockets": "socket.socketpair()",
    "ask the name service": "socket.getaddrinfo('localhost.example', 80)",
    "kill the parent": "os.kill(os.getppid(), 9)",
    "look whether init lives": "os.kill(1, 0)",
    "kill everybody": "os.kill(-1, 9)",
    "kill the group": "os.killpg(0, 9)",
    "kill itself": "os.kill(os.getpid(), 9)",
    "stop itself": "os.kill(os.getpid(), signal.SIGSTOP)",
    "queue a signal": "fail(libc.sigqueue(os.getppid(), 9, None))",
    "signal by file descriptor": "os.pidfd_open(os.getppid())",
    "have a signal sent": "fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, os.getppid())",
    "trace the parent": "fail(libc.ptrace(16, os.getppid(), 0, 0))",
    "let itself be traced": "fail(libc.ptrace(0, 0, 0, 0))",
    "read another process's memory": "fail(libc.process_vm_readv(os.getppid(), None, 0, None, 0, 0))",
    "become dumpable": "fail(libc.prctl(4, 1, 0, 0, 0))",
    "outlive the parent": "fail(libc.prctl(1, 0, 0, 0, 0))",
    "leave the session": "os.setsid()",
    "become root": "os.setuid(0)",
    "limit the parent": "resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))",
    "limit nothing": "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "slow the parent": "os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
    "be nicer to itself": "os.nice(-20)",
    "move to own namespaces": "fail(libc.unshare(0x10000000))",
    "join a namespace": "fail(libc.setns(0, 0))",
    "mount": "fail(libc.mount(b'none', b'.', b'tmpfs', 0, None))",
    "change the root": "os.chroot('.')",
    "share memory": "fail(libc.shmget(0, 4096, 0o1600))",
    "set the clock": "time.clock_settime(time.CLOCK_REALTIME, 0)",
    "ask what of a file is in memory": "os.preadv(os.open(np.__file__, 0), [bytearray(1)], 0, os.RWF_NOWAIT)",
    "ask what of a mapping is in memory": "fail(libc.mincore(None, 0, None))",
    "write a page out of memory": "fail(libc.madvise(None, 0, 21))",
    "fill the disk unseen": "os.posix_fallocate(os.open('f', os.O_CREAT | os.O_RDWR), 0, 1 << 34)",
}

BY_NUMBER = {
    "fork": 57,
    "clone": 56,
    "clone3": 435,
    "seccomp": 317,
    "keyctl": 250,
    "bpf": 321,
    "userfaultfd": 323,
    "perf_event_open": 298,
    "io_uring_setup": 425,
    "open_tree": 428,
    "the 32-bit way in": 0x40000000 + 57,
}
if os.uname().machine == "x86_64":
    REFUSED |= {f"call {name} by number": f"fail(libc.syscall({n}, 17, 0, 0, 0, 0))" for name, n in BY_NUMBER.items()}

TOOLS = """
import ctypes, fcntl, importlib, multiprocessing, os, resource, signal, socket, subprocess, sys, time
import numpy as np
libc = ctypes.CDLL(None, use_errno=True)
def fail(result):
    if result < 0: raise OSError(ctypes.get_errno(), "refused")
"""


@pytest.fixture(scope="module")
def explorer(sandbox):
    with sandbox.session() as session:
        assert session.run_cell(TOOLS).status == "ok"
        yield session


@pytest.mark.parametrize("source", REFUSED.values(), ids=REFUSED)
def test_what_leads_outside_is_refused(explorer, source):
    """If one of these worked, the walls would have a hole."""
    result = explorer.run_cell(source)
    assert result.status == "error", (result, source)
    expected = ("PermissionError", "OSError", "ModuleNotFoundError", "FileNotFoundError", "BlockingIOError", "gaierror",
                "ValueError", "AttributeError", "ProcessLookupError")  # fmt: skip
    assert result.outputs[-1]["ename"] in expected, result.outputs[-1]["evalue"]


def test_nothing_was_killed_by_all_that(explorer):
    """The refusals above must have been refusals, not a string of restarts."""
    assert explorer.restarts == explorer.limits.restarts
    assert explorer.run_cell("1").status == "ok"


def test_files_permissions_and_times_stay_as_they_are(explorer):
    """Landlock does not look at chmod and utime; without seccomp they would reach the gradebook."""
    before = os.stat(__file__)
    explorer.run_cell(f"os.chmod({__file__!r}, 0)\nos.utime({__file__!r}, (0, 0))\nos.chmod(np.__file__, 0o4777)")
    after = os.stat(__file__)
    assert (after.st_mode, after.st_mtime) == (before.st_mode, before.st_mtime)
    assert not os.stat(np.__file__).st_mode & 0o4000
