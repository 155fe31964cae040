"""How the shipped tagger did on real reports, whose passages may not be kept here.

`heads/scorecard.json` is about passages written as examples. Passages of reports that others hold
the rights in were labelled too; what came of them stands in `heads/elsewhere.json`, written after
each learning by `make bench-tags KEEP=--keep`, with the digest of the weights it is about.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from index.tagging import tagger
from ingest.digest import sha256_of

FILE = tagger.SHIPPED / "elsewhere.json"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How heads did on one set of passages of real reports. Shares are from 0 to 1, and None where
    they were not measured.

    name: which passages. passages: how many. micro_f1: by facet.
    wrongly_tagged: share of the passages with a tag that the rules would not give.
    given_right: share of the tags given that the rules would give too.
    """

    name: str
    passages: int
    micro_f1: dict[str, float] | None
    wrongly_tagged: float | None
    given_right: float | None


def of(folder: Path) -> tuple[Elsewhere, ...]:
    """What was measured of the heads in a folder. Empty for other heads than the shipped ones, and
    for heads that a training has removed meanwhile.
    """
    content = json.loads(FILE.read_text(encoding="utf-8"))
    try:
        if sha256_of(folder / tagger.WEIGHTS) != content["heads_sha256"]:
            return ()
    except OSError:
        return ()
    return tuple(
        Elsewhere(
            one["name"],
            one["passages"],
            one.get("micro_f1"),
            one.get("wrongly_tagged"),
            one.get("given_right"),
        )
        for one in content["sets"]
    )
