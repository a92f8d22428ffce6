# Becomes root, leaves its namespaces, mounts, loads programs into the kernel.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for attempt in (
    lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setgroups([0]), lambda: os.chroot("/"),
    lambda: os.setresuid(0, 0, 0), lambda: os.unshare(0x10000000) if hasattr(os, "unshare") else None,
):
    try:
        attempt()
        print("worked")
    except (OSError, AttributeError) as error:
        print(error)
names = {"unshare": 272, "setns": 308, "mount": 165, "umount2": 166, "pivot_root": 155, "bpf": 321, "keyctl": 250,
         "userfaultfd": 323, "io_uring_setup": 425, "perf_event_open": 298, "open_tree": 428, "fsopen": 430,
         "init_module": 175, "kexec_load": 246, "iopl": 172, "capset": 126, "seccomp": 317, "personality": 135,
         "modify_ldt": 154, "add_key": 248, "quotactl": 179, "swapon": 167, "reboot": 169, "settimeofday": 164}
for name, number in names.items():
    print(name, libc.syscall(number, 0x10000000, 0, 0, 0, 0, 0))
