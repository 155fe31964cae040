"""Quotes gathered for a note: their references, one a report, and the note as Markdown.

Markdown as CommonMark 0.31 reads it: what would be syntax in a text is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.rows.records import StoredDocument, StoredPassage
from search.formats import cite
from search.records import Quote

_SYNTAX = re.compile(r"([\\`*_\[\]<>#&|~$])")


@dataclass(frozen=True, slots=True)
class Noted:
    """A quote, and where it stands."""

    stored: StoredPassage
    document: StoredDocument
    quote: Quote

    @property
    def words(self) -> str:
        """The quote on one line, without the mark of a list."""
        text = self.quote.words(self.stored.passage)
        return " ".join(cite.without_list_mark(text).split())

    @property
    def pages(self) -> str:
        """Its pages, as they are shown, or which passage it is where there are none."""
        return cite.in_document(self.document, self.stored, self.quote)


def sources(noted: Sequence[Noted]) -> dict[str, StoredDocument]:
    """The reports that are quoted, by id, in the order of their first quotes."""
    return {one.document.document_id: one.document for one in noted}


def references(noted: Sequence[Noted], place: Callable[[Noted], str]) -> list[cite.Reference]:
    """One reference a report, with its quotes. place: what leads back to each, as in `cite`."""
    return cite.merged(
        cite.of_passage(
            one.document, place(one), cite.cited_pages(one.stored, one.quote), one.words
        )
        for one in noted
    )


def markdown(
    heading: str, stand: str, noted: Sequence[Noted], place: Callable[[Noted], str]
) -> str:
    """The note: its quotes numbered, each with the number of its reference and its pages.

    stand: a line on what the note rests on. place: the address of a quote.
    """
    reports = sources(noted)
    numbers = {name: number for number, name in enumerate(reports, start=1)}
    lines = [f"# {_escaped(heading)}", "", _escaped(stand), ""]
    for number, one in enumerate(noted, start=1):
        where = f"\\[{numbers[one.document.document_id]}\\], {one.pages}"
        lines.append(f"{number}. “{_escaped(one.words)}” ([{where}]({place(one)}))")
    lines += ["", "## References", ""]
    for number, report in enumerate(reports.values(), start=1):
        address = report.metadata.url
        linked = f" <{address}>" if re.fullmatch(r"https?://[^\s<>]+", address) else ""
        lines.append(f"{number}. {_escaped(cite.plain(cite.of_document(report)))}{linked}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return _SYNTAX.sub(r"\\\1", text)
