"""What the encoder is given, and that its rows go to the passages they belong to."""

import json
from pathlib import Path

import numpy as np
import pytest

from index import build
from index.encoding.encode import encode_in_context, encode_windows
from index.library import Library
from index.rows.tag_rows import windows_of
from ingest.records import BlockKind, Passage


def passage(text: str, *section: str) -> Passage:
    return Passage(0, text, section, BlockKind.PARAGRAPH, 1, 1)


def test_windows_are_pairs_of_sentences(library: Library) -> None:
    text = "The unit opened. Mentors came. They stayed."
    two, none, again = encode_windows([text, "", "Mentors came. They stayed."], library.encoder)
    wanted = library.encoder.encode(
        ["The unit opened. Mentors came.", "Mentors came. They stayed."]
    )
    assert [text[start:end] for start, end in two.spans] == [
        "The unit opened. Mentors came.",
        "Mentors came. They stayed.",
    ]
    assert np.abs(two.vectors - wanted).max() < 1e-3  # int8 with a scale
    assert none.vectors.shape == (0, library.identity.dimension)
    assert (again.vectors[0] == two.vectors[1]).all()


def test_windows_are_cut_as_the_kind_of_each_text_asks(library: Library) -> None:
    text = "NEA; National Employment Agency\nNTB; National Training Board"
    kinds = [BlockKind.TABLE, BlockKind.PARAGRAPH]
    table, prose = encode_windows([text, text], library.encoder, kinds)
    assert table.spans.tolist() == [[0, 31], [32, 60]]
    assert prose.spans.tolist() == [[0, 60]]
    with pytest.raises(ValueError, match="shorter"):
        encode_windows([text, text], library.encoder, kinds[:1])


def test_windows_have_the_label_scores_of_their_own_text(library: Library) -> None:
    text = "The unit opened. Mentors came. They stayed."
    two, none, again = encode_windows([text, "", "Mentors came. They stayed."], library.encoder)
    assert two.scores.shape == (2, len(library.taxonomy.label_ids))
    assert none.scores.shape == (0, len(library.taxonomy.label_ids))
    assert two.scorer == again.scorer == library.encoder.scorer != ""
    assert (again.scores[0] == two.scores[1]).all()
    assert (two.scores[0] != two.scores[1]).all()


def test_passages_are_read_behind_title_and_headings(library: Library) -> None:
    passages = [
        passage("Rents rose.", "Housing", "Costs"),
        passage("Rain fell."),
        passage("X.", "Y"),
    ]
    found = encode_in_context(passages, "Report", library.encoder)
    wanted = library.encoder.encode(
        ["Report. Housing > Costs. Rents rose.", "Report. Rain fell.", "Report. Y. X."]
    )
    assert np.allclose(found, wanted, atol=1e-6)


def test_no_passages_no_vectors(library: Library) -> None:
    assert encode_in_context([], "Report", library.encoder).shape[0] == 0
    assert encode_windows([], library.encoder) == []


def test_documents_encoded_together_keep_their_own(empty_library: Library, tmp_path: Path) -> None:
    texts = {f"Note {n}": f"Town {n} took in {n} families. It had {n} flats." for n in range(2, 9)}
    lines = [
        json.dumps({"id": f"id of {t}", "title": t, "text": text}) for t, text in texts.items()
    ]
    (tmp_path / "notes.jsonl").write_text("\n".join(lines))
    list(build.add(empty_library, [tmp_path / "notes.jsonl"]))
    encoder = empty_library.encoder
    with empty_library.catalog() as catalog:
        documents = catalog.documents()
        assert {d.metadata.title for d in documents} == texts.keys()
        for document in documents:
            (stored,) = catalog.passages_of(document.document_id)
            assert stored.passage.text == texts[document.metadata.title]
            held = dict(catalog.all_vectors())[stored.number]
            windows = windows_of(catalog.connection, stored.number, len(held), "").vectors
            text = stored.passage.text
            wanted = encoder.encode([f"{document.metadata.title}. {text}", text])
            assert np.allclose(held, wanted[0], atol=1e-4)  # float16
            assert np.abs(windows[0] - wanted[1]).max() < 1e-3
