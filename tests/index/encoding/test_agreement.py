"""How agreement of two encoders is measured, and from where it is refused."""

import math

import numpy as np
import pytest

from index.encoding import agreement
from index.encoding.agreement import Agreement, measure


def on_a_circle(degrees: list[float]) -> np.ndarray:
    radians = np.radians(degrees)
    return np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)


FAN = [0.0, 1.0, 3.0, 6.0, 10.0, 15.0, 21.0, 28.0, 36.0, 45.0, 55.0, 66.0]


def test_the_same_vectors_agree() -> None:
    measured = measure(on_a_circle(FAN), on_a_circle(FAN))
    assert measured.texts == 12
    assert measured.lowest_cosine == pytest.approx(1.0)
    assert measured.top_ten_overlap == 1.0
    assert measured.refusal == ""


def test_one_text_that_moved_lowers_both_figures() -> None:
    # Of twelve texts each has eleven others, so its top ten leaves out the farthest. The text at
    # 66 degrees moves to -60: it was the farthest of the seven at 0 to 28 degrees and stays that
    # of none but those from 6 degrees on (60 + 6 = 66 against 55 - 6 = 49, and so on upwards);
    # for 0, 1 and 3 degrees it is still the farthest (60 against 55). Those at 36, 45 and 55 left
    # out 0 degrees (the farthest), and now leave out -60. The moved one itself left out 0 degrees
    # and now leaves out 55. So four texts change one of their ten: (8 + 4 * 0.9) / 12.
    moved = measure(on_a_circle(FAN), on_a_circle([*FAN[:-1], -60.0]))
    assert moved.lowest_cosine == pytest.approx(math.cos(math.radians(126)), abs=1e-6)
    assert moved.top_ten_overlap == pytest.approx((8 + 4 * 0.9) / 12)
    assert "cosine -0.58779" in moved.refusal


@pytest.mark.parametrize(
    ("cosine", "overlap", "why"),
    [
        (0.9995, 0.98, ""),
        (0.9994, 1.0, "cosine"),
        (1.0, 0.979, "overlap"),
        (math.nan, 1.0, "cosine"),
        (1.0, math.nan, "overlap"),
    ],
)
def test_what_is_refused(cosine: float, overlap: float, why: str) -> None:
    refusal = Agreement(60, cosine, overlap).refusal
    assert why in refusal
    assert bool(refusal) == bool(why)


def test_vectors_that_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match=r"\(12, 2\) against \(11, 2\)"):
        measure(on_a_circle(FAN), on_a_circle(FAN[:11]))
    with pytest.raises(ValueError, match="10 texts, more than 10"):
        measure(on_a_circle(FAN[:10]), on_a_circle(FAN[:10]))


def test_the_texts_are_varied() -> None:
    texts = agreement.texts()
    words = [len(text.split()) for text in texts]
    assert len(texts) == len(set(texts)) == 60
    assert min(words) == 1
    assert sum(count > 60 for count in words) >= 8
    assert sum(count > 300 for count in words) == 2
    assert sum(not text.isascii() for text in texts) >= 8
