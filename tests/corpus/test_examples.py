"""Questions to begin with: only where their document is, and each document is a starter one."""

import tomllib

from corpus.examples import EXAMPLES, examples


def test_only_those_whose_document_is_there() -> None:
    assert examples({"goal-motivational.pdf", "other.pdf"}) == (
        "How do we win over ministers who fear a backlash?",
    )
    assert examples(()) == ()


def test_their_documents_are_in_the_starter_library() -> None:
    entries = tomllib.loads(EXAMPLES.read_text(encoding="utf-8"))["example"]
    assert len(entries) >= 4
    for entry in entries:
        assert (EXAMPLES.parent / "starter" / entry["file"]).is_file(), entry
