"""The network of the child process: taken away where that can be done, and said where not."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

import ingest.isolated.sandbox
from ingest.isolated.sandbox import Limits, network_is_cut, run_python

LIMITS = Limits(wall_seconds=20)
ROOT = Path(ingest.__file__).resolve().parent.parent
can_cut = pytest.mark.skipif(
    not sys.platform.startswith("linux") or platform.machine() not in ("x86_64", "aarch64"),
    reason="only Linux on common machines refuses sockets",
)
TRY = """
import socket
for family in ("AF_INET", "AF_INET6", "AF_UNIX"):
    try:
        socket.socket(getattr(socket, family)).close()
        print(family, "open")
    except PermissionError:
        print(family, "refused")
"""


def alone(code: str) -> str:
    """What code prints in a process that is not confined."""
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return run.stdout


@can_cut
def test_a_child_gets_no_socket_of_any_kind() -> None:
    assert run_python(TRY, [], LIMITS) == b"AF_INET refused\nAF_INET6 refused\nAF_UNIX refused\n"
    assert network_is_cut()


@can_cut
def test_what_the_child_starts_gets_none_either() -> None:
    code = (
        "import subprocess, sys\n"
        "code = 'import socket; socket.socket()'\n"
        "run = subprocess.run([sys.executable, '-c', code], capture_output=True)\n"
        "print(run.returncode, b'PermissionError' in run.stderr)"
    )
    assert run_python(code, [], LIMITS) == b"1 True\n"


@can_cut
def test_sockets_are_there_before_the_cut_and_not_after() -> None:
    code = f"from ingest.isolated.no_network import cut\n{TRY}\nprint(cut())\n{TRY}"
    found = alone(code).split("True\n")
    assert found[0].startswith("AF_INET open")
    assert found[1].startswith("AF_INET refused")


def test_an_unknown_machine_is_said_and_left_as_it_is() -> None:
    code = f"from ingest.isolated.no_network import cut\nprint(cut('vax'))\n{TRY}"
    assert alone(code).startswith("False\nAF_INET open")


def test_where_nothing_is_cut_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    confined = ingest.isolated.sandbox._START
    monkeypatch.setattr(
        ingest.isolated.sandbox,
        "_START",
        confined.replace("ingest.isolated.sandbox.confine(*limits)", ""),
    )
    assert network_is_cut() is False


def test_a_child_that_does_not_answer_says_nothing_of_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ingest.isolated.sandbox, "_TRY_NETWORK", "raise SystemExit(3)")
    assert network_is_cut() is None
