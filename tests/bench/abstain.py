"""Learns the rule of `search/ranking/abstain.py`, and says how often it is wrong.

    python tests/bench/abstain.py --homes FOLDER --bench FOLDER [--also HOME QUESTIONS]...

Answered are the questions on the library they were written for. Unanswered are the same without
the documents that answer, questions on other libraries, and those written to have no answer.
`--also` takes a library of one's own and questions on it, in the form of corpus/questions; those
without an answer are told apart by the kind they name. Only tuning halves are learned from. Prints
the coefficients and, for the rule as it stands in the code and each kind of question, the share
called unanswered; the halves set aside with --held.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import known
import numpy as np
from quality import collected, pools
from sklearn.linear_model import LogisticRegression

from index.files.home import Home
from index.library import Library
from search.ranking.abstain import THRESHOLD, confidence, features
from search.ranking.compare import z_scores
from search.ranking.fuse import ranked
from search.records import Candidate

KNOWN = {"starter": known.STARTER, "reports": known.REPORTS}
PUBLIC = ("orsharc", "xquad-en")


@dataclass(frozen=True, slots=True)
class Asked:
    """A set of questions on its own library: texts, the passages that answer, by number, and the
    kinds of those written to have no answer.
    """

    library: Library
    texts: Mapping[str, str]
    answers: Mapping[str, frozenset[int]]
    without: Mapping[str, str]


def of_known(library: Library, path: Path, split: str) -> Asked:
    """A half of a question set."""
    questions = [q for q in known.load(path) if q.split == split]
    with library.catalog() as catalog:
        qrels = known.judge(questions, catalog)
        number = dict(catalog.connection.execute("SELECT passage_id, number FROM passages"))
    answers = {q: frozenset(number[p] for p in found) for q, found in qrels.items()}
    without = {q.id: f"without an answer: {q.kind}" for q in questions if not q.answers}
    return Asked(library, {q.id: q.text for q in questions}, answers, without)


def of_public(library: Library, folder: Path) -> Asked:
    """A public collection."""
    return of_sources(library, *collected(folder))


def of_sources(
    library: Library, texts: Mapping[str, str], qrels: Mapping[str, Mapping[str, int]]
) -> Asked:
    """Questions on documents of JSONL files; qrels: by question, grades by the documents' ids."""
    with library.catalog() as catalog:
        rows = catalog.connection.execute(
            "SELECT source_id, number FROM passages JOIN documents USING (document_id)"
        ).fetchall()
    answers = {
        q: frozenset(number for source, number in rows if grades.get(source, 0) > 0)
        for q, grades in qrels.items()
    }
    return Asked(library, texts, answers, {})


def documents_of(library: Library) -> dict[int, str]:
    """The document of each passage, by number."""
    with library.catalog() as catalog:
        return dict(catalog.connection.execute("SELECT number, document_id FROM passages"))


def kinds(name: str, asked: Asked, others: Mapping[str, Asked]) -> dict[str, list[list[Candidate]]]:
    """The ranked candidates of each question, by the kind of question on this library."""
    documents = documents_of(asked.library)
    found: dict[str, list[list[Candidate]]] = {"answered": []}
    for question, (candidates, _) in pools(asked.library, asked.texts).items():
        answers = asked.answers[question]
        if question in asked.without:
            found.setdefault(asked.without[question], []).append(best(candidates))
        if not answers:
            continue
        found["answered"].append(best(candidates))
        if name in (*KNOWN, *PUBLIC):
            removed = {documents[number] for number in answers}
            left = [c for c in candidates if documents[c.number] not in removed]
            found.setdefault("document removed", []).append(best(z_scores_anew(left)))
    for other, foreign in others.items():
        if name in KNOWN and other != name and other in (*KNOWN, *PUBLIC):
            pool = pools(asked.library, foreign.texts)
            found[f"questions of {other}"] = [best(candidates) for candidates, _ in pool.values()]
    return found


def z_scores_anew(left: list[Candidate]) -> list[Candidate]:
    """Candidates, each with its z-score among these alone."""
    closest = np.array([candidate.window_closeness for candidate in left])
    return [
        replace(candidate, z_score=value)
        for candidate, value in zip(left, z_scores(closest).tolist(), strict=True)
    ]


def best(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates in the order of their scores."""
    return [candidate for candidate, _ in ranked(list(candidates))]


def learned(groups: Mapping[tuple[str, str], list[list[Candidate]]]) -> list[float]:
    """Coefficients of the features, and the bias; every set and kind weighs the same."""
    rows, labels, weights = [], [], []
    for (_, kind), lists in groups.items():
        asked = [features(item) for item in lists if item]
        same = sum(k == "answered" for _, k in groups)
        count = same if kind == "answered" else len(groups) - same
        rows += asked
        labels += [kind == "answered"] * len(asked)
        weights += [1000 / count / len(asked)] * len(asked)
    x = np.array(rows)
    mean, spread = x.mean(axis=0), x.std(axis=0)
    model = LogisticRegression(C=10).fit((x - mean) / spread, labels, sample_weight=weights)
    slopes = model.coef_[0] / spread
    return [*slopes.tolist(), float(model.intercept_[0] - slopes @ mean)]


def main() -> None:
    """Learn, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--homes", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True, help="folder of the collections")
    parser.add_argument("--held", action="store_true", help="print the halves set aside")
    parser.add_argument(
        "--also", type=Path, nargs=2, action="append", default=[], metavar=("HOME", "QUESTIONS")
    )
    given = parser.parse_args()
    libraries = {n: Library.open(Home(given.homes / n)) for n in (*KNOWN, *PUBLIC)}
    split = "held" if given.held else "tune"
    sets = {n: of_known(libraries[n], KNOWN[n], split) for n in KNOWN}
    sets |= {n: of_public(libraries[n], given.bench / n) for n in PUBLIC}
    for home, questions in given.also:
        sets[questions.stem] = of_known(Library.open(Home(home)), questions, split)
    groups = {
        (name, kind): lists
        for name, asked in sets.items()
        for kind, lists in kinds(name, asked, sets).items()
    }
    if not given.held:
        print(
            "score, bm25, z-score, nearest, bias:",
            *(f"{value:.3f}" for value in learned(groups)),
        )
    for (name, kind), lists in groups.items():
        said = np.mean([confidence(item) < THRESHOLD for item in lists])
        print(f"| {name} | {kind} | {len(lists)} | {said:.3f} |")


if __name__ == "__main__":
    main()
