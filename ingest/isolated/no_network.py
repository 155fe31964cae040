"""Takes the network from this process for good, where Linux lets it.

A parser of hostile files has no reason to open a socket. A seccomp filter (seccomp(2)) refuses
to make one; unlike a network namespace it needs no rights, works in containers, and refuses the
sockets of this machine too, such as that of a container engine. io_uring could make sockets
past the filter, so it is refused as well.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from typing import NamedTuple

_SET_NO_NEW_PRIVILEGES = 38
_SET_SECCOMP = 22
_MODE_FILTER = 2
# Classic BPF, as in linux/bpf_common.h: load a word, jump if equal, jump if at least, return.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | 1  # the call fails with EPERM
# Offsets in struct seccomp_data.
_NUMBER, _ARCHITECTURE = 0, 4
# From here on x86-64 counts its calls a second time, for the x32 binary interface.
_X32 = 0x40000000


class _Machine(NamedTuple):
    """AUDIT_ARCH_* of linux/audit.h, and the numbers of socket and io_uring_setup."""

    architecture: int
    socket: int
    io_uring_setup: int


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 41, 425),
    "aarch64": _Machine(0xC00000B7, 198, 425),
}


class _Program(ctypes.Structure):
    """struct sock_fprog of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def cut(machine: str = "") -> bool:
    """Refuse this process, and all it starts, any new socket; whether that could be done.

    machine: as `platform.machine` names it; empty for this one. Known are x86_64 and aarch64
    under Linux. Sockets that are open already stay.
    """
    known = _MACHINES.get(machine or platform.machine())
    if not sys.platform.startswith("linux") or known is None:
        return False
    code = _filter(known)
    program = _Program(len(code) // 8, code)
    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return False
    one, none = ctypes.c_ulong(1), ctypes.c_ulong(0)
    if prctl(_SET_NO_NEW_PRIVILEGES, one, none, none, none):
        return False
    mode = ctypes.c_ulong(_MODE_FILTER)
    return bool(prctl(_SET_SECCOMP, mode, ctypes.byref(program), none, none) == 0)


def _filter(machine: _Machine) -> bytes:
    """The filter: calls of another architecture and the named ones are refused, the rest not."""
    steps = (
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, 4, machine.architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_EQUAL, 2, 0, machine.socket),
        (_EQUAL, 1, 0, machine.io_uring_setup),
        (_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    )
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
