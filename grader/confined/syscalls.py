"""The system calls a confined process may make: a list of what is allowed, everything else is refused.

What a learner might try on purpose or by accident (starting a program, opening a socket) fails with EPERM; what
nobody misses fails with ENOSYS, which the C library answers by falling back to an older call.
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import struct
import tempfile
from typing import Any

from grader.confined import system

_ALLOWED = """
access arch_prctl brk chdir clock_getres clock_gettime clock_nanosleep close close_range copy_file_range dup dup2 dup3
epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2 exit exit_group faccessat
faccessat2 fchdir fdatasync fstat fstatfs fsync ftruncate futex futex_requeue futex_wait futex_waitv futex_wake
get_mempolicy getcpu getcwd getdents getdents64 getegid geteuid getgid getgroups getitimer getpgid getpgrp getpid
getppid getpriority getrandom getresgid getresuid getrlimit getrusage getsid gettid gettimeofday getuid lgetxattr link
linkat lseek lstat mbind membarrier mkdir mkdirat mmap mprotect mremap msync munmap nanosleep newfstatat pause pipe
pipe2 poll ppoll pread64 preadv pselect6 pwrite64 pwritev read readlink readlinkat readv rename renameat renameat2
restart_syscall rmdir rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigreturn rt_sigsuspend rt_sigtimedwait
sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getparam sched_getscheduler sched_yield select
sendfile set_robust_list set_tid_address setitimer sigaltstack stat statfs statx sysinfo time timerfd_create
timerfd_gettime timerfd_settime times umask uname unlink unlinkat write writev
""".split()

_REFUSED = """
accept accept4 add_key bind bpf chown chroot connect execve execveat fallocate fanotify_init fchown fchownat
fork get_robust_list getpeername getsockname getsockopt inotify_init inotify_init1 io_setup io_uring_enter
io_uring_register io_uring_setup ioprio_set kcmp kexec_load keyctl landlock_restrict_self lchown listen memfd_create
mknod mknodat mlock mlockall mount move_mount move_pages mq_open msgget name_to_handle_at open_by_handle_at
perf_event_open personality pidfd_getfd pidfd_open pidfd_send_signal pivot_root process_madvise process_vm_readv
process_vm_writev ptrace recvfrom recvmmsg recvmsg request_key rt_sigqueueinfo rt_tgsigqueueinfo sched_setaffinity
sched_setattr sched_setparam sched_setscheduler seccomp semget sendmmsg sendmsg sendto setdomainname setfsgid setfsuid
setgid setgroups sethostname setns setpgid setpriority setregid setresgid setresuid setreuid setsid setsockopt setuid
setxattr shmat shmget shutdown socket socketpair splice swapon symlink symlinkat syslog tee timer_create tkill
truncate umount umount2 unshare userfaultfd vfork vmsplice
""".split()

# Landlock has no say in these. Some would reach every file of the user who grades; the last two would tell and set what
# of a file is in memory, which all submissions share; a lock would be seen and waited for by others. All succeed
# and do nothing.
_IGNORED = "flock chmod fchmod fchmodat fchmodat2 futimesat utime utimensat utimes fadvise64 readahead".split()

# What a file system says that has none of these, so that `shutil.copy2` and its like go on.
_NOT_SUPPORTED = "listxattr llistxattr flistxattr getxattr fgetxattr".split()

_CLONE_THREAD, _CLONE_VM, _CLONE_NAMESPACES = 0x10000, 0x100, 0x7E020080
_THIS_PROCESS = 0x7A5C3E11  # stands for the process id in a compiled filter; larger than any
_INSTRUCTION_SIZE = 8
_FCNTL = (0, 1, 2, 3, 4, 1030, 1032)  # F_DUPFD, …GETFD, …SETFD, …GETFL, …SETFL, …DUPFD_CLOEXEC, …GETPIPE_SZ
_LOCKING = (6, 7, 37, 38)  # F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW: as `flock`
_IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451, 0x802C542A)  # TCGETS, TIOCGWINSZ, FION…, FIO…CLEX, TCGETS2
_MADVISE = (0, 4, 8, 14, 15, 16, 17, 18)  # what allocators say; nothing about files, or what of them is in memory
_PRCTL = (2, 3, 15, 16, 39, 0x53564D41)  # PR_GET_(PDEATHSIG, DUMPABLE, NO_NEW_PRIVS), …NAME, PR_SET_VMA


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def compile_filter() -> bytes:
    """The filter as the kernel takes it, for any process; `restrict` fills in which one it is."""
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.ENOSYS))
    rules.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.ERRNO(errno.EPERM))
    for name in _ALLOWED:
        _add(rules, pyseccomp.ALLOW, name)
    for name in _REFUSED:
        _add(rules, pyseccomp.ERRNO(errno.EPERM), name)
    for name in _IGNORED:
        _add(rules, pyseccomp.ERRNO(0), name)
    for name in _NOT_SUPPORTED:
        _add(rules, pyseccomp.ERRNO(errno.ENOTSUP), name)
    _allow_threads_only(rules, pyseccomp)
    _allow_opening(rules, pyseccomp)
    _allow_by_argument(rules, pyseccomp)
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def restrict(program: bytes) -> None:
    """Leave this process the calls listed here, for good. It can send signals to itself only."""
    own = program.replace(struct.pack("=I", _THIS_PROCESS), struct.pack("=I", os.getpid()))
    code = ctypes.create_string_buffer(own, len(own))
    length = len(own) // _INSTRUCTION_SIZE
    header = _Program(length, ctypes.addressof(code))
    mode_filter = 2
    system.prctl(system.PR_SET_SECCOMP, mode_filter, ctypes.addressof(header))


def _allow_threads_only(rules: Any, seccomp: Any) -> None:
    thread = _CLONE_THREAD | _CLONE_VM
    of_thread = seccomp.Arg(0, seccomp.MASKED_EQ, thread | _CLONE_NAMESPACES, thread)
    rules.add_rule(seccomp.ALLOW, "clone", of_thread)
    for flag in (_CLONE_THREAD, _CLONE_VM):
        rules.add_rule(seccomp.ERRNO(errno.EPERM), "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, 0))


def _allow_opening(rules: Any, seccomp: Any) -> None:
    """Any way but emptying a file opened for reading, which old versions of Landlock overlook."""
    for name, place in (("open", 1), ("openat", 2)):
        for mask, flags in ((os.O_TRUNC, 0), (os.O_ACCMODE, os.O_WRONLY), (os.O_ACCMODE, os.O_RDWR)):
            _add(rules, seccomp.ALLOW, name, seccomp.Arg(place, seccomp.MASKED_EQ, mask, flags))


def _allow_by_argument(rules: Any, seccomp: Any) -> None:
    by_value = ("fcntl", 1, _FCNTL), ("ioctl", 1, _IOCTL), ("prctl", 0, _PRCTL), ("madvise", 2, _MADVISE)
    for name, place, values in by_value:
        for value in values:
            rules.add_rule(seccomp.ALLOW, name, seccomp.Arg(place, seccomp.MASKED_EQ, 0xFFFFFFFF, value))
    for value in _LOCKING:
        rules.add_rule(seccomp.ERRNO(0), "fcntl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, value))
    for name, place in (("kill", 1), ("tgkill", 2)):
        _allow_signals_to_self(rules, seccomp, name, place)
    for name in ("wait4", "waitid"):
        _add(rules, seccomp.ERRNO(errno.ECHILD), name)
    _only_zero(rules, seccomp, "preadv2", 5)  # no asking whether a page is in memory
    _only_zero(rules, seccomp, "pwritev2", 5)
    _only_zero(rules, seccomp, "sched_getattr", 0)
    _only_zero(rules, seccomp, "prlimit64", 0, 2)  # who lowers a limit of its own seems killed from outside


def _allow_signals_to_self(rules: Any, seccomp: Any, name: str, place: int) -> None:
    """Any but the two nobody can catch: who is killed or stopped was so from outside."""
    for number in set(range(35)) - {signal.SIGKILL, signal.SIGSTOP}:
        to_self = seccomp.Arg(0, seccomp.EQ, _THIS_PROCESS)
        rules.add_rule(seccomp.ALLOW, name, to_self, seccomp.Arg(place, seccomp.EQ, number))
    rules.add_rule(seccomp.ERRNO(errno.EPERM), name, seccomp.Arg(0, seccomp.NE, _THIS_PROCESS))


def _only_zero(rules: Any, seccomp: Any, name: str, *places: int) -> None:
    rules.add_rule(seccomp.ALLOW, name, *(seccomp.Arg(place, seccomp.EQ, 0) for place in places))
    for place in places:
        rules.add_rule(seccomp.ERRNO(errno.EPERM), name, seccomp.Arg(place, seccomp.NE, 0))


def _add(rules: Any, action: int, name: str, *arguments: Any) -> None:
    """Add a rule, unless the library knows no call of that name: then the call is refused in any case."""
    import pyseccomp

    if pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) != -1:
        rules.add_rule(action, name, *arguments)
