"""What is said of tags on real reports is about the tagger that is in use."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from index.learning import elsewhere
from index.tagging import tagger


def test_it_is_about_the_shipped_heads() -> None:
    """Whoever learns them anew measures them anew, and writes the figures and the digest down."""
    found = elsewhere.of(tagger.SHIPPED)
    assert found
    assert all(one.micro_f1 is not None or one.given_right is not None for one in found)


def test_of_other_heads_nothing_is_known(tmp_path: Path) -> None:
    shutil.copytree(tagger.SHIPPED, tmp_path / "heads")
    heads = tagger.load(tmp_path / "heads")
    assert elsewhere.of(tmp_path / "heads")
    # learned from the same passages in another way: only the weights differ
    tagger.save(replace(heads, bias=heads.bias + 1), tmp_path / "heads")
    assert elsewhere.of(tmp_path / "heads") == ()
    assert elsewhere.of(tmp_path / "nowhere") == ()
