"""A sentence-transformers model to a converted one, checked against it.

Imports torch; nothing here is needed once a model is converted.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from index.encoding import agreement, converted, runtime
from index.encoding.agreement import Agreement
from index.encoding.attention import Attention
from index.encoding.attention_layer import Pooled
from index.encoding.converted import MODEL, TOKENIZER, ModelManifest, Origin, Precision
from index.encoding.encoder import SentenceEncoder
from index.encoding.fast_encoder import FastEncoder

if TYPE_CHECKING:
    # Imported by `SentenceEncoder.model`, which first tells it to stay offline and quiet.
    from sentence_transformers import SentenceTransformer

_log = logging.getLogger(__name__)


def obstacle(model: SentenceTransformer) -> str:
    """What in a model `Pooled` and `FastEncoder` would not do as it does; empty if nothing."""
    # By name: the classes moved between versions of sentence-transformers.
    modules = [type(module).__name__ for module in model]
    if modules not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        return f"it is made of {', '.join(modules)}"
    # One word since version 6, a flag for each mode before.
    pooling: dict[str, Any] = cast("Any", model[1]).get_config_dict()
    modes = {name for name, on in pooling.items() if name.startswith("pooling_mode_") and on}
    if pooling.get("pooling_mode", "mean") != "mean" or modes - {"pooling_mode_mean_tokens"}:
        return "its pooling is not the mean of the tokens"
    if model.default_prompt_name or model.truncate_dim or not model.max_seq_length:
        return "it has a prompt, a shortened vector or no limit of its own"
    tokenizer = model.tokenizer
    if not getattr(tokenizer, "is_fast", False) or tokenizer.pad_token_id is None:
        return "its tokenizer is not one of the tokenizers library"
    if (tokenizer.padding_side, tokenizer.truncation_side) != ("right", "right"):
        return "its tokenizer pads or cuts on the left"
    return ""


def convert(reference: SentenceEncoder, origin: Origin, models: Path) -> ModelManifest:
    """Convert a model and check it; the result lies in `models` under `origin.folder`.

    A model that cannot be converted, or whose vectors differ too much, is noted as refused, with
    a warning in the log; that is no error, for the reference is still there. To be called under a
    lock. Raises OSError when the folder cannot be written.
    """
    for left in models.glob("*.part"):  # by a process that was killed
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(
        prefix=origin.folder, suffix=".part", dir=models, ignore_cleanup_errors=True
    ) as name:
        part = Path(name) / origin.folder
        part.mkdir()
        manifest = _converted(reference, origin, part)
        if manifest.refused:
            _log.warning(
                "%s runs in sentence-transformers, slower: %s", origin.name, manifest.refused
            )
        converted.publish(part, models, manifest)
    return manifest


def _converted(reference: SentenceEncoder, origin: Origin, part: Path) -> ModelManifest:
    model, identity = reference.model, reference.identity
    measured = Agreement(0, 0.0, 0.0)
    try:
        why = obstacle(model)
        if not why:
            _save(model, reference.attention, part)
            measured = _check(reference, part, origin.precision)
            why = measured.refusal
    except OSError:
        raise
    except Exception as error:  # tracing a model nobody tried here can fail in any way
        why = f"converting it failed: {' '.join(str(error).split())[:200]}"
    return ModelManifest(
        origin,
        identity.dimension,
        identity.max_tokens,
        pad=int(getattr(model.tokenizer, "pad_token_id", None) or 0),
        made=datetime.now(UTC).date().isoformat(),
        texts=measured.texts,
        lowest_cosine=measured.lowest_cosine,
        top_ten_overlap=measured.top_ten_overlap,
        refused=why,
    )


def _save(model: SentenceTransformer, attention: Attention | None, part: Path) -> None:
    tokenizer = model.tokenizer
    # As sentence-transformers set it up, which is not always as the model's own file has it.
    tokenizer.backend_tokenizer.save(str(part / TOKENIZER))
    # With padding in the example, so that the mask's part in the graph is traced as well.
    pad = tokenizer.pad_token_id
    rows = [tokenizer("two of them")["input_ids"], tokenizer("three")["input_ids"]]
    longest = max(map(len, rows))
    ids = np.array([row + [pad] * (longest - len(row)) for row in rows], dtype=np.int64)
    mask = np.array([[1] * len(row) + [0] * (longest - len(row)) for row in rows], dtype=np.int64)
    with warnings.catch_warnings():
        # The tracer names each branch on a shape; whether they matter is what the check is for.
        warnings.simplefilter("ignore")
        graph = Pooled(model[0].auto_model, attention).eval()
        runtime.save_converted(graph, (ids, mask), part / MODEL)


def _check(reference: SentenceEncoder, part: Path, precision: Precision) -> Agreement:
    pad = reference.model.tokenizer.pad_token_id
    fast = FastEncoder(part, reference.identity, pad, precision, reference.scorer)
    texts = agreement.texts()
    if fast.count_tokens(texts) != reference.count_tokens(texts):
        raise ValueError("the tokenizer gives other tokens")
    return agreement.measure(reference.encode(texts), fast.encode(texts))
