"""Checks of the machine: whether it can do what the library relies on."""

from __future__ import annotations

from collections.abc import Iterator

from index.health.findings import Finding, Severity
from ingest.isolated import sandbox


def network_of_readers() -> Iterator[Finding]:
    """The processes that read files are refused the network."""
    is_cut = sandbox.network_is_cut()
    if is_cut is None:
        yield Finding(
            "network",
            Severity.NOTE,
            "a process as those that read files was started and did not answer",
            "waymark doctor, when the machine is less busy",
        )
    elif not is_cut:
        yield Finding(
            "network",
            Severity.NOTE,
            "this system does not refuse the network to the processes that read files",
            "run waymark on Linux (x86-64 or ARM), or in a container without a network",
        )
