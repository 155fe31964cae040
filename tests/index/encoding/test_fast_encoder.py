"""The converted encoder beside the reference: real model, real conversion."""

from __future__ import annotations

import json
import logging
import re
import shutil
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.encoding import agreement, attention, converted, encoder, precision, runtime
from index.encoding.converted import DamagedModelError, Origin
from index.encoding.encoder import (
    BUNDLED,
    BUNDLED_SHA256,
    EncoderError,
    FloatMatrix,
    Readings,
    SentenceEncoder,
    load,
)
from index.encoding.fast_encoder import Batch, FastEncoder, plan, workers
from index.encoding.open_encoder import open_encoder
from index.files.home import Home
from index.library import Library


@pytest.fixture(scope="module")
def models(first_encoding) -> Path:
    """The folder that holds the bundled model, converted."""
    return Path(first_encoding.home.models)


@pytest.fixture(scope="module")
def reference() -> SentenceEncoder:
    """The reference, which encodes the same texts once: each conversion compares the same sixty."""
    found = load()
    known: dict[tuple[str, ...], FloatMatrix] = {}

    def encode(texts: Sequence[str]) -> FloatMatrix:
        if tuple(texts) not in known:
            known[tuple(texts)] = SentenceEncoder.encode(found, texts)
        return known[tuple(texts)].copy()

    found.encode = encode
    return found


@pytest.fixture(scope="module")
def read(reference: SentenceEncoder) -> Readings:
    """What the reference makes of the texts that encoders are compared on."""
    return reference.read(agreement.texts())


@pytest.fixture(scope="module")
def fast(models: Path, reference: SentenceEncoder) -> FastEncoder:
    opened = open_encoder(reference, models)
    assert isinstance(opened, FastEncoder)
    return opened


@pytest.fixture
def copy(models: Path, tmp_path: Path) -> Path:
    """A copy of the converted model that a test may damage."""
    return Path(shutil.copytree(models, tmp_path / "models"))


def origin_of(reference: SentenceEncoder, models: Path) -> Origin:
    settings = converted.settings_sha256(reference.folder)
    version = runtime.version()
    chosen = precision.chosen(models)
    return Origin(BUNDLED, BUNDLED_SHA256, settings, chosen, version, reference.scorer)


def mixed(count: int) -> list[str]:
    """Texts of 1 to about 300 words, in no order of length."""
    rng = np.random.default_rng(20)
    words = " ".join(agreement.texts()[46:58]).split()
    return [" ".join(rng.choice(words, round(300 ** rng.random()))) for _ in range(count)]


def test_it_says_what_the_reference_says(fast: FastEncoder, reference: SentenceEncoder) -> None:
    assert fast.identity == reference.identity
    texts = agreement.texts() + mixed(40)
    assert fast.count_tokens(texts) == reference.count_tokens(texts)


def test_vectors_are_the_references(
    fast: FastEncoder, reference: SentenceEncoder, read: Readings
) -> None:
    texts = agreement.texts()
    vectors = fast.encode(texts)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    measured = agreement.measure(read.vectors, vectors)
    assert measured.lowest_cosine >= 0.9995
    assert measured.top_ten_overlap >= 0.98
    manifest = converted.load(fast._folder.parent, origin_of(reference, fast._folder.parent))
    assert manifest.lowest_cosine == pytest.approx(measured.lowest_cosine, abs=1e-6)
    assert manifest.texts == 60


def test_label_scores_are_the_references(
    fast: FastEncoder, reference: SentenceEncoder, read: Readings
) -> None:
    texts = agreement.texts()
    found, wanted = fast.read(texts), read
    assert fast.scorer == reference.scorer != ""
    assert found.scores.shape == wanted.scores.shape == (60, len(attention.shipped().labels))
    assert np.array_equal(found.vectors, fast.encode(texts))
    # in bf16; scores of texts differ by 2 and more
    assert np.abs(found.scores - wanted.scores).max() < 0.2
    assert wanted.scores.std(axis=0).min() > 0.5


def test_a_model_without_an_attention_is_converted_offline_and_gives_no_scores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *given: tried.append(given))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **_: tried.append(given))
    plain = encoder.load_plain()
    opened = open_encoder(plain, tmp_path / "models")
    assert isinstance(opened, FastEncoder)
    assert tried == []
    assert opened.scorer == plain.scorer == ""
    assert opened.read(["Rain fell.", "A visit."]).scores.shape == (2, 0)
    assert plain.read(["Rain fell."]).scores.shape == (1, 0)


def test_single_precision_where_the_cpu_has_no_other(
    copy: Path, reference: SentenceEncoder, read: Readings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Converted once more only where this machine has chosen bf16."""
    monkeypatch.setattr(runtime, "computes_bf16", lambda: False)
    opened = open_encoder(reference, copy)
    assert isinstance(opened, FastEncoder)
    measured = agreement.measure(read.vectors, opened.encode(agreement.texts()))
    assert measured.lowest_cosine > 0.99999  # weights in float16
    assert opened.computed == f"f32, OpenVINO {runtime.version()}"
    assert re.fullmatch(r"f32, torch \d+\.\d+\S*", reference.computed)
    assert (copy / f"{BUNDLED_SHA256[:16]}-f32").is_dir()


def assert_alike(found: FloatMatrix, expected: FloatMatrix) -> None:
    """The same but for the last digits: on some processors (AMD EPYC without bf16) what a text
    becomes among others and alone differs by up to 2.1e-7.
    """
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)


def test_a_vector_depends_on_its_text_alone(fast: FastEncoder) -> None:
    texts = mixed(60)
    together = fast.encode(texts)
    assert_alike(fast.encode(texts[::-1])[::-1], together)
    for text, row in zip(texts, together, strict=True):
        assert_alike(fast.encode([text])[0], row)
    assert len({row.tobytes() for row in together}) == len(set(texts))


def test_threads_do_not_disturb_each_other(fast: FastEncoder) -> None:
    texts = mixed(30)
    expected = fast.encode(texts)
    jobs = [texts, *([text] for text in texts), texts, *([text] for text in texts)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(fast.encode, jobs))
    for start in (0, 31):
        assert_alike(found[start], expected)
        assert_alike(np.vstack(found[start + 1 : start + 31]), expected)


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="only Linux says it")
def test_many_texts_leave_the_weights_on_disk(copy: Path, reference: SentenceEncoder) -> None:
    opened = open_encoder(reference, copy)
    texts = mixed(20)
    first = opened.encode(texts)
    (weights,) = copy.glob("*/model.bin")
    assert resident(weights) < weights.stat().st_size / 2
    np.testing.assert_array_equal(opened.encode(texts), first)


def resident(file: Path) -> int:
    """Bytes of a file that this process holds in memory."""
    lines = Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines()
    starts = [row for row, line in enumerate(lines) if line.endswith(str(file))]
    assert starts
    rows = [next(line for line in lines[start:] if line.startswith("Rss:")) for start in starts]
    return sum(int(row.split()[1]) * 1024 for row in rows)


def test_nothing_in_nothing_out(fast: FastEncoder) -> None:
    assert fast.encode([]).shape == (0, 384)
    assert fast.encode([]).dtype == np.float32
    assert fast.count_tokens([]) == []
    assert fast.count_tokens([""]) == [0]
    assert np.isfinite(fast.encode([""])).all()


def test_long_texts_are_cut_where_the_reference_cuts(
    fast: FastEncoder, reference: SentenceEncoder
) -> None:
    # 256 tokens, two of them specials: the 254th word is read, the 255th is not.
    start = "peer " * 253
    texts = [f"{start}{end}" for end in ("cheese", "cheese water", "cheese " + "rain " * 900)]
    other = f"{start}water"
    assert fast.count_tokens([texts[0], other, texts[1]]) == [254, 254, 255]
    vectors = fast.encode([*texts, other])
    assert (vectors[0] == vectors[1]).all()
    assert (vectors[0] == vectors[2]).all()
    assert not (vectors[0] == vectors[3]).all()
    cosines = (vectors * reference.encode([*texts, other])).sum(axis=1)
    assert cosines.min() > 0.9995


def test_batches_are_of_texts_padded_alike() -> None:
    assert plan([3, 17, 16, 250, 256, 256], longest=256) == [
        Batch((3, 4, 5), 256),
        Batch((1,), 32),
        Batch((0, 2), 16),
    ]
    assert plan([5] * 9, longest=256) == [Batch((0, 1, 2, 3, 4, 5, 6, 7), 16), Batch((8,), 16)]
    assert plan([200], longest=200) == [Batch((0,), 200)]
    # 1,024 tokens a batch: four of 256, and one where even one is longer
    assert [batch.rows for batch in plan([256] * 6, longest=256)] == [(0, 1, 2, 3), (4, 5)]
    assert [batch.rows for batch in plan([2000] * 2, longest=2048)] == [(0,), (1,)]
    assert plan([], longest=256) == []


@pytest.mark.parametrize("name", ["model.xml", "model.bin", "tokenizer.json", "manifest.json"])
def test_damage_is_noticed(copy: Path, reference: SentenceEncoder, name: str) -> None:
    origin = origin_of(reference, copy)
    path = copy / origin.folder / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)
    with pytest.raises(DamagedModelError):
        converted.load(copy, origin)
    path.unlink()
    with pytest.raises(DamagedModelError):
        converted.load(copy, origin)


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [("", "format", 0), ("origin", "openvino", "2024.6"), ("origin", "settings", "0" * 64)],
)
def test_another_version_is_noticed(
    copy: Path, reference: SentenceEncoder, section: str, key: str, value: object
) -> None:
    origin = origin_of(reference, copy)
    path = copy / origin.folder / "manifest.json"
    content = json.loads(path.read_text())
    (content[section] if section else content)[key] = value
    path.write_text(json.dumps(content))
    with pytest.raises(DamagedModelError):
        converted.load(copy, origin)


def test_a_damaged_model_is_converted_anew(
    copy: Path, fast: FastEncoder, reference: SentenceEncoder
) -> None:
    origin = origin_of(reference, copy)
    (copy / origin.folder / "model.bin").write_bytes(b"half a model")
    (copy / "left-by-a-killed-process.part").mkdir()
    opened = open_encoder(reference, copy)
    assert isinstance(opened, FastEncoder)
    np.testing.assert_array_equal(opened.encode(["one"]), fast.encode(["one"]))
    assert converted.load(copy, origin).refused == ""
    assert not list(copy.glob("*.part"))


def test_a_model_that_disagrees_is_refused_once(
    reference: SentenceEncoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(agreement, "LOWEST_COSINE", 1.1)
    with caplog.at_level(logging.WARNING):
        assert open_encoder(reference, tmp_path) is reference
    assert [record.message for record in caplog.records] == [
        "all-MiniLM-L6-v2 runs in sentence-transformers, slower: lowest cosine "
        f"{converted.load(tmp_path, origin_of(reference, tmp_path)).lowest_cosine:.5f}, "
        "at least 1.1 is needed"
    ]
    folder = tmp_path / origin_of(reference, tmp_path).folder
    assert [entry.name for entry in folder.iterdir()] == ["manifest.json"]
    before = (folder / "manifest.json").stat().st_mtime_ns
    assert open_encoder(reference, tmp_path) is reference
    assert (folder / "manifest.json").stat().st_mtime_ns == before


def test_a_model_of_another_kind_stays_with_the_reference(
    reference: SentenceEncoder, tmp_path: Path
) -> None:
    folder = tmp_path / "first-token"
    shutil.copytree(reference.folder, folder)
    pooling = folder / "1_Pooling" / "config.json"
    settings = json.loads(pooling.read_text())
    settings |= {"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}
    pooling.write_text(json.dumps(settings))
    other = load(str(folder))
    assert open_encoder(other, tmp_path / "models") is other


def test_a_folder_that_cannot_be_written(
    reference: SentenceEncoder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    assert open_encoder(reference, tmp_path / "models") is reference
    assert "runs in sentence-transformers, slower" in caplog.text


def test_a_library_uses_it(models: Path, tmp_path: Path) -> None:
    shutil.copytree(models, Home(tmp_path / "home").models)
    library = Library.create(Home(tmp_path / "home"))
    assert "OpenVINO" in library.encoder.computed
    assert library.encoder.identity == library.identity


def test_workers_are_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYMARK_ENCODER_WORKERS", raising=False)
    assert workers() == 2
    monkeypatch.setenv("WAYMARK_ENCODER_WORKERS", "3")
    assert workers() == 3
    for wrong in ("0", "two", "-1", "1.5"):
        monkeypatch.setenv("WAYMARK_ENCODER_WORKERS", wrong)
        with pytest.raises(EncoderError, match=f"is '{wrong}'"):
            workers()
