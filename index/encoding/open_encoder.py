"""The encoder to use: the model converted for this machine, else the reference itself."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from index.encoding import converted
from index.encoding.converted import DamagedModelError, ModelManifest, Origin
from index.encoding.encoder import Encoder, EncoderIdentity, SentenceEncoder

if TYPE_CHECKING:
    from index.encoding.fast_encoder import FastEncoder

_log = logging.getLogger(__name__)


def open_encoder(reference: SentenceEncoder, models: Path) -> Encoder:
    """An encoder whose vectors are the reference's: its model, converted into `models` at first
    need.

    The reference itself where its model is not of a kind that is converted, where the converted
    one did not agree with it, or where OpenVINO or the folder cannot be used; the log says why.
    Raises EncoderError when the reference's weights are not what they should be.
    """
    weights = reference.sha256
    try:
        from index.encoding import precision, runtime
    except ImportError as error:
        return _unconverted(reference, str(error))
    try:
        origin = Origin(
            name=reference.name,
            weights=weights,
            settings=converted.settings_sha256(reference.folder),
            precision=precision.chosen(models),
            openvino=runtime.version(),
            scorer=reference.scorer,
        )
        manifest = _manifest(reference, origin, models)
        return reference if manifest.refused else _opened(manifest, models)
    except (OSError, RuntimeError) as error:
        # A full or read-only disk, or a model that OpenVINO will not compile.
        return _unconverted(reference, " ".join(str(error).split())[:200])


def _unconverted(reference: SentenceEncoder, why: str) -> SentenceEncoder:
    _log.warning("%s runs in sentence-transformers, slower: %s", reference.name, why)
    return reference


def _manifest(reference: SentenceEncoder, origin: Origin, models: Path) -> ModelManifest:
    """What is known of the converted model, which is made where there is none."""
    try:
        return converted.load(models, origin)
    except DamagedModelError:
        models.mkdir(parents=True, exist_ok=True)
    with FileLock(models / "convert.lock"):
        try:  # another process may have been first
            return converted.load(models, origin)
        except DamagedModelError:
            from index.encoding.convert import convert

            return convert(reference, origin, models)


def _opened(manifest: ModelManifest, models: Path) -> FastEncoder:
    from index.encoding.fast_encoder import FastEncoder

    origin = manifest.origin
    identity = EncoderIdentity(origin.name, origin.weights, manifest.dimension, manifest.max_tokens)
    return FastEncoder(
        models / origin.folder, identity, manifest.pad, origin.precision, origin.scorer
    )
