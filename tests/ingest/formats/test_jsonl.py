"""JSON lines as other programs write them."""

import pytest

from ingest.formats import jsonl

LINES = '{"id": "a", "text": "\u00e9t\u00e9"}\r\n{"id": "b", "text": "x"}\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_encodings_that_say_what_they_are(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    found = list(jsonl.read((mark + LINES).encode(encoding)))
    assert [line.source_id for line in found if isinstance(line, jsonl.DocumentLine)] == ["a", "b"]
    assert isinstance(found[0], jsonl.DocumentLine)
    assert found[0].pages[0].blocks[0].text == "\u00e9t\u00e9"


def test_a_list_is_no_json_lines() -> None:
    found = list(jsonl.read(b'[\n{"id": "a", "text": "x"},\n{"id": "b", "text": "y"}\n]\n'))
    bad = {line.number: line.message for line in found if isinstance(line, jsonl.BadLine)}
    assert sorted(bad) == [1, 2, 4]
    assert set(bad.values()) == {"not valid JSON lines but part of a list: leave out [ , ]"}
