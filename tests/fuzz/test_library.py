"""A library under any order of what people do to it, against a model that is a dictionary.

After every step it holds the documents of the model and no others, each with the title, year and
decided tags that it was given last, and a question finds them; at the end the doctor finds nothing
and views built anew answer the same, score by score.

A few steps in `make test`; `make torture` plays FUZZ_LIBRARIES histories of forty steps.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from index import build
from index.curating import erase
from index.curating.bin import restore, withdraw
from index.curating.desk import Worker
from index.edit import edit
from index.files.home import Home
from index.health.doctor import examine
from index.learning import decisions
from index.library import Library
from index.rebuild import rebuild_views
from ingest.records import Metadata
from search.find import find

LIBRARIES = int(os.environ.get("FUZZ_LIBRARIES", "0"))
SUBJECTS = "ferries harvests schools mentors rents ministers bridges orchards".split()
LABELS = "motivational mentoring general-training".split()


def text(subject: str) -> str:
    return "\n\n".join(
        f"# Part {part}\n\nThe report counts {subject} in district {part}. "
        f"Officials met there in person and wrote down how the {subject} had changed. " * 2
        for part in range(3)
    )


@dataclass
class Known:
    """What the model knows of a document."""

    document_id: str
    title: str
    year: int | None = None
    tags: dict[str, bool] = field(default_factory=dict)


class History(RuleBasedStateMachine):
    """The rules are what people do."""

    lend_models: Callable[[Path], None]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.lend_models(self.folder / "home")
        self.library = Library.create(Home(self.folder / "home"))
        self.known: dict[str, Known] = {}
        self.binned: dict[str, Known] = {}
        self.gone: dict[str, Known] = {}

    @rule(subjects=st.sets(st.sampled_from(SUBJECTS), min_size=1, max_size=3))
    def add(self, subjects: set[str]) -> None:
        paths = []
        for subject in sorted(subjects):
            paths.append(self.folder / f"{subject}.md")
            paths[-1].write_text(f"---\ntitle: On {subject}\n---\n{text(subject)}")
        for event in build.add(self.library, paths):
            if isinstance(event, build.Added):
                subject = event.path.stem
                assert subject not in self.known
                # Decisions hang on passages, and stand again when these come back.
                old = self.binned.pop(subject, None) or self.gone.pop(subject, None)
                tags = old.tags if old else {}
                self.known[subject] = Known(event.document_id, f"On {subject}", None, tags)
            if isinstance(event, build.Present):
                assert event.path.stem in self.known

    def one(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.known)))

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        subject = self.one(data)
        self.gone[subject] = self.known.pop(subject)
        erase.remove(self.library, self.gone[subject].document_id, "ada")

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        subject = self.one(data)
        self.binned[subject] = self.known.pop(subject)
        withdraw(self.library, self.binned[subject].document_id, "anna")

    @precondition(lambda self: self.binned)
    @rule(data=st.data())
    def put_back(self, data: st.DataObject) -> None:
        subject = data.draw(st.sampled_from(sorted(self.binned)))
        self.known[subject] = self.binned.pop(subject)
        restore(self.library, self.known[subject].document_id, "anna")
        worker = Worker(self.library)
        assert [job.state for job in iter(worker.step, None)] == ["done"]

    @precondition(lambda self: self.known)
    @rule(
        data=st.data(),
        title=st.sampled_from(["", "Another title", "Ein anderer Titel"]),
        year=st.sampled_from([None, 1999, 2015]),
    )
    def correct(self, data: st.DataObject, title: str, year: int | None) -> None:
        known = self.known[self.one(data)]
        edit(self.library, known.document_id, Metadata(title=title, year=year), "anna")
        known.title, known.year = title or known.title, year or known.year

    @precondition(lambda self: self.known)
    @rule(data=st.data(), label=st.sampled_from(LABELS), accepted=st.booleans())
    def decide(self, data: st.DataObject, label: str, accepted: bool) -> None:
        known = self.known[self.one(data)]
        with self.library.catalog() as catalog:
            first = catalog.passages_of(known.document_id)[0]
        shown = {tag.label for tag in first.tags}
        verdict = ("accept" if label in shown else "add") if accepted else "reject"
        if verdict == "reject" and label not in shown:
            return
        decisions.decide(self.library, first.passage_id, label, verdict, "anna")
        known.tags[label] = accepted

    @rule()
    def rebuild(self) -> None:
        rebuild_views(self.library)

    @rule()
    def lose_the_views(self) -> None:
        shutil.rmtree(self.library.home.views, ignore_errors=True)

    @rule()
    def reopen(self) -> None:
        encoder = self.library.encoder
        self.library = Library.open(self.library.home)
        self.library._encoder = encoder

    @invariant()
    def it_holds_what_the_model_holds(self) -> None:
        with self.library.catalog() as catalog:
            held = {d.document_id: d for d in catalog.documents()}
            assert set(held) == {known.document_id for known in self.known.values()}
            for known in self.known.values():
                meta = held[known.document_id].metadata
                assert (meta.title, meta.year) == (known.title, known.year)
                first = catalog.passages_of(known.document_id)[0]
                shown = {tag.label for tag in first.tags}
                for label, accepted in known.tags.items():
                    assert (label in shown) is accepted, (label, shown)

    @invariant()
    def a_question_finds_what_is_there_and_nothing_else(self) -> None:
        found = find(self.library, "how many ferries, mentors and rents?", k=100)
        there = {result.document.document_id for result in found.results}
        assert there == {known.document_id for known in self.known.values()}
        for subject, known in self.known.items():
            best = find(self.library, f"what changed for the {subject}?", k=1).results[0]
            assert best.document.document_id == known.document_id

    def teardown(self) -> None:
        try:
            before, encoder = self.ranking(), self.library.encoder
            assert [f for f in examine(self.library.home) if f.severity != "note"] == []
            shutil.rmtree(self.library.home.views, ignore_errors=True)
            self.library = Library.open(self.library.home)
            self.library._encoder = encoder
            assert self.ranking() == before
        finally:
            shutil.rmtree(self.folder)

    def ranking(self) -> list[tuple[str, float]]:
        results = find(self.library, "ferries or schools in district 2", k=50).results
        return [(result.stored.passage_id, result.score) for result in results]


def test_any_order_of_what_people_do(lend_models: Callable[[Path], None]) -> None:
    History.lend_models = staticmethod(lend_models)
    run_state_machine_as_test(
        History,
        settings=hypothesis.settings(
            max_examples=LIBRARIES or 3,
            stateful_step_count=40 if LIBRARIES else 12,
            derandomize=not LIBRARIES,
            database=None,
            deadline=None,
            suppress_health_check=list(hypothesis.HealthCheck),
        ),
    )
