"""A converted model on disk: the files of its folder, and whether they can be trusted.

`models/<sha256 prefix>-<precision>/` holds `model.xml`, `model.bin`, `tokenizer.json` and
`manifest.json`, which says what it was made from, with what, how well it agreed with the
reference, and the sha256 of each file. It is a view like the others: written beside, switched by
rename, and made anew when it is missing, damaged or of another version. A model that could not be
converted, or did not agree, leaves a folder with the manifest alone, so that it is not tried again
at each start.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from index.files import whole_folder
from index.files.whole_folder import DamagedFolderError

Precision = Literal["bf16", "f32"]
"""What the products of matrices are computed in; what goes in and out is float32."""

FORMAT = 3
"""Raised when what is inside the folder changes, so that older ones are made anew."""

MODEL = "model.xml"
TOKENIZER = "tokenizer.json"
FILES = (MODEL, "model.bin", TOKENIZER)


class DamagedModelError(Exception):
    """A converted model that is missing, damaged, or made from or with something else."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a converted model was made from and with; another origin makes it stale.

    weights, settings: sha256 of the source's weights and of its small files (limits, tokenizer).
    openvino: its version with the build.
    scorer: as `Encoder.scorer`.
    """

    name: str
    weights: str
    settings: str
    precision: Precision
    openvino: str
    scorer: str

    @property
    def folder(self) -> str:
        """The folder's name: one for each set of weights and precision."""
        return f"{self.weights[:16]}-{self.precision}"


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """What is known of a converted model.

    dimension, max_tokens: as in `EncoderIdentity`. pad: the id that fills a batch up.
    made: the day, ISO 8601.
    lowest_cosine, top_ten_overlap: as in `Agreement`, over `texts` texts.
    refused: why the reference is used in its place; empty when it is not.
    """

    origin: Origin
    dimension: int
    max_tokens: int
    pad: int
    made: str
    texts: int = 0
    lowest_cosine: float = 0.0
    top_ten_overlap: float = 0.0
    refused: str = ""


def settings_sha256(folder: Path) -> str:
    """Digest over the names and bytes of a model's files other than weights and prose."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".json", ".txt", ".model"}:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def load(models: Path, origin: Origin) -> ModelManifest:
    """The manifest of the model of this origin, its files verified.

    Raises DamagedModelError when there is none that can be used.
    """
    folder = models / origin.folder
    manifest = load_folder(folder)
    if manifest.origin != origin:
        raise DamagedModelError(f"{folder}: made from or with something else")
    return manifest


def load_folder(folder: Path) -> ModelManifest:
    """The manifest of the model in a folder, its files verified, whatever it was made from.

    Raises DamagedModelError when it is not whole, or of another format.
    """
    try:
        content = whole_folder.manifest_of(folder)
        if content.pop("format") != FORMAT:
            raise DamagedModelError(f"{folder}: of another format")
        whole_folder.verify(folder, content.pop("sha256"))
        return ModelManifest(**{**content, "origin": Origin(**content["origin"])})
    except DamagedFolderError as error:
        raise DamagedModelError(str(error)) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedModelError(f"{folder}: {error}") from error


def publish(part: Path, models: Path, manifest: ModelManifest) -> None:
    """Write the manifest of the files in `part` and put the folder in its place.

    A refused model's files are dropped. Raises OSError when it cannot be written.
    """
    for name in FILES if manifest.refused else ():
        (part / name).unlink(missing_ok=True)
    content = {"format": FORMAT, **asdict(manifest), "sha256": whole_folder.checksums(part)}
    whole_folder.publish(part, models / manifest.origin.folder, content)
