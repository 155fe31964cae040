"""The record beside a batch's file: what it rested on, so that it can be made again or resumed.

A run `OUT` has its record in `OUT.meta.json`. All of it but the date decides what is in `OUT`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from index.encoding.encoder import EncoderIdentity
from index.rows import digests
from index.rows.moment import stamp
from ingest.digest import sha256_of
from search.batches.batch import Snapshot

_NAMED = {
    "generation": "the library's generation",
    "documents_sha256": "the library's documents",
    "passages_sha256": "the library's passages",
    "details_sha256": "what the library says of its documents",
    "taxonomy": "the taxonomy",
    "tags_sha256": "the tags",
    "encoder": "the encoder",
    "encoder_sha256": "the encoder's weights",
    "encoder_computed": "how the encoder is computed",
    "waymark": "the version of Waymark",
    "questions_sha256": "the questions",
}


class ResumeError(Exception):
    """A run that cannot be gone on with; the message says why."""


@dataclass(frozen=True, slots=True)
class Run:
    """What decides the bytes of a run, and the day it began.

    documents_sha256: over the sorted ids of the documents, which are digests of their content.
    questions_sha256: of the file of questions, or of what came over standard input; empty where
    that went straight to standard output.
    taxonomy: id and version, as "id/version". passages_sha256, details_sha256, tags_sha256: see
    `index.rows.digests`.
    encoder_computed: as `Encoder.computed`; scores and ranks may differ between two of them.
    date: ISO 8601, UTC. options: as they were given, by name.
    """

    generation: int
    documents_sha256: str
    passages_sha256: str
    encoder: str
    encoder_sha256: str
    encoder_computed: str
    waymark: str
    date: str
    questions_sha256: str
    taxonomy: str
    details_sha256: str
    tags_sha256: str
    options: Mapping[str, Any]


def describe(
    held: Snapshot, identity: EncoderIdentity, questions: Path | None, options: Mapping[str, Any]
) -> Run:
    """The record of a run that begins now; the questions are digested without being kept."""
    return Run(
        generation=held.views.generation,
        documents_sha256=hashlib.sha256(
            "\n".join(sorted(held.stated["document"])).encode()
        ).hexdigest(),
        passages_sha256=digests.of_passages(held.catalog.connection),
        encoder=identity.name,
        encoder_sha256=identity.sha256,
        encoder_computed=held.encoder.computed,
        waymark=metadata.version("waymark"),
        date=stamp(),
        questions_sha256=sha256_of(questions) if questions else "",
        taxonomy=f"{held.taxonomy.id}/{held.taxonomy.version}",
        details_sha256=digests.of_details(held.catalog.connection),
        tags_sha256=digests.of_tags(held.catalog.connection),
        # As JSON would give them back, so that they can be compared.
        options=json.loads(json.dumps(options)),
    )


def as_rows(run: Run) -> dict[str, object]:
    """The record without its date, flat: what the same run would say again."""
    fields = asdict(run)
    options = fields.pop("options")
    del fields["date"]
    return fields | {f"option {name}": _shown(value) for name, value in options.items()}


def _shown(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def record_of(out: Path) -> Path:
    """Where the record of the run `out` is."""
    return out.with_name(out.name + ".meta.json")


def as_text(run: Run) -> str:
    """The record as it is kept: JSON, UTF-8."""
    return json.dumps(asdict(run), ensure_ascii=False, indent=1) + "\n"


def begin(out: Path, run: Run) -> None:
    """Write the record, before the first answer."""
    record_of(out).write_text(as_text(run), encoding="utf-8")


def resume(out: Path, run: Run) -> int:
    """How many answers of an interrupted JSONL run are there; what follows the last is cut off.

    0 where nothing was begun: then the record is written.
    Raises ResumeError when the record is missing, or of another run: the message says in what.
    """
    if not out.exists() or not out.stat().st_size:
        begin(out, run)
        return 0
    try:
        before = json.loads(record_of(out).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = None
    if not isinstance(before, dict):
        raise ResumeError(f"{record_of(out)} is missing or damaged: start over without --resume")
    if not before.keys() >= _NAMED.keys():
        raise ResumeError(
            f"{record_of(out)} is of an earlier Waymark, which kept less of what decides a run: "
            "start over without --resume"
        )
    differing = _differences(before, asdict(run))
    if differing:
        raise ResumeError(
            f"{out} is of another run, different in {'; '.join(differing)}: "
            "start over without --resume, or write to another file"
        )
    return _cut_to_whole_lines(out)


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What differs, in words, with both values where they are short."""
    found = []
    for key, name in _NAMED.items():
        if before.get(key) != now[key]:
            values = "" if key.endswith("sha256") else f" ({before.get(key)}, now {now[key]})"
            found.append(name + values)
    options = before.get("options")
    earlier = options if isinstance(options, dict) else {}
    for key, value in now["options"].items():
        if earlier.get(key) != value:
            found.append(f"the option {key} ({earlier.get(key)}, now {value})")
    return found


def _cut_to_whole_lines(out: Path) -> int:
    """Count the lines that were written to their end, and cut off what follows them."""
    count = whole = 0
    with out.open("r+b") as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            count += 1
            whole += len(line)
        file.truncate(whole)
    return count
