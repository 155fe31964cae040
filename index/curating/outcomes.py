"""What came of a file that was handed in, as one line for whoever handed it in."""

from __future__ import annotations

from collections.abc import Sequence

from index.plurals import counted
from index.rows.shelf import Shelved
from ingest.records import Failure

_SHOWN = 3


def outcome(put: Sequence[Shelved], drafts: Sequence[Shelved], failures: Sequence[Failure]) -> str:
    """A line on what came of reading a file.

    drafts: of all documents in it. put: those that were not there already, and are on the shelf
    now.
    """
    there = len(drafts) - len(put)
    return "; ".join(
        part
        for part in (told(put, failures), f"{there} are there already" if there else "")
        if part
    )


def told(put: Sequence[Shelved], failures: Sequence[Failure]) -> str:
    """A line on what was read of a file: its pages and passages, and what could not be read."""
    pages = sum(len(item.pages) for item in put)
    unread = sum(p.health.unread for i in put for p in i.pages)
    lines = []
    if put:
        passages = sum(len(item.passages) for item in put)
        documents = f"{len(put)} documents, " if len(put) > 1 else ""
        lines.append(f"{documents}{counted(pages, 'page')}, {counted(passages, 'passage')}")
    if unread:
        lines.append(f"{counted(unread, 'page')} without text that can be read")
    if failures:
        lines.append(why(failures))
    return "; ".join(lines)


def why(failures: Sequence[Failure]) -> str:
    """Why a file could not be read: the first three failures in full, each with its mend, and how
    many more there are.
    """
    said = []
    for failure in failures[:_SHOWN]:
        mend = f" ({failure.mend})" if failure.mend else ""
        place = f"{failure.place}: " if failure.place else ""
        said.append(f"{place}{failure.message}{mend}")
    more = len(failures) - _SHOWN
    return (
        "; ".join([*said, f"and {more} more"] if more > 0 else said) or "it holds nothing to read"
    )
