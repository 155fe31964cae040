"""Answers as a TREC run, and names as TREC files have them: these are cut at white space."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import TextIO

from corpus.taxonomy import Taxonomy
from index.rows.catalog import Catalog
from search.records import Answer

_STEP = 1e-6
"""Between scores of a run that are equal."""

_GROUPS_SHOWN = 5
"""Groups of ids that a message names."""


def write_trec(answers: Iterable[tuple[str, Answer]], out: TextIO, _taxonomy: Taxonomy) -> None:
    """A TREC run: question id, Q0, passage id, rank, score, run name.

    Documents that carry their own id (from JSONL) are named by it, so that a run can be held
    against qrels of the collection; a document is then listed once, by its best passage. Of equal
    scores the later one is written a little lower: trec_eval passes over the rank, and puts what is
    equal in the order of its name.
    """
    for question_id, answer in answers:
        best: dict[str, float] = {}
        for result in answer.results:
            name = token(result.document.source_id or result.stored.passage_id)
            best.setdefault(name, result.score)
        written = math.inf
        for rank, (name, score) in enumerate(best.items(), start=1):
            written = min(round(score, 4), written - _STEP)
            shown = f"{written:.6f}".removesuffix("00")
            fields = (token(question_id), "Q0", name, rank, shown, "waymark")
            out.write(" ".join(map(str, fields)) + "\n")
        out.flush()


def token(name: str) -> str:
    """A name as TREC files have it, which are cut at white space: "doc 2" as "doc_2"."""
    return "_".join(name.split())


def alike(catalog: Catalog, judged: Collection[str] | None = None) -> str:
    """What to say of documents of the library that have one name in a TREC file; empty where all
    have names of their own.

    judged: names as `token` writes them, where no others matter.
    """
    ids = (document.source_id for document in catalog.documents() if document.source_id)
    groups = [
        " and ".join(map(repr, several))
        for name, several in of_one_token(ids).items()
        if judged is None or name in judged
    ]
    if not groups:
        return ""
    shown = "; ".join(groups[:_GROUPS_SHOWN]) + ("; …" if len(groups) > _GROUPS_SHOWN else "")
    return f"a TREC file cannot tell these documents apart, each group counts as one: {shown}"


def of_one_token(ids: Iterable[str]) -> dict[str, list[str]]:
    """Different ids that `token` writes as one, by what it writes."""
    found: dict[str, list[str]] = {}
    for one in dict.fromkeys(ids):
        found.setdefault(token(one), []).append(one)
    return {name: several for name, several in found.items() if len(several) > 1}
