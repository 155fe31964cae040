"""The encoder converted in a process of its own, so that torch never enters a server.

Converting needs 940 MB, which the process keeps: a server that had done it held 909 MB for good,
with the desk at work 991 MB at most.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from index import converted
from index.converted import DamagedModelError
from index.encoder import SentenceEncoder

_SECONDS = 300
"""It takes ten on one core."""

_CODE = """
import sys
from pathlib import Path
from index.encoder import load
from index.open_encoder import open_encoder
open_encoder(load(sys.argv[1]), Path(sys.argv[2]))
"""


def prepare(reference: SentenceEncoder, models: Path) -> None:
    """Convert a model into `models` unless that was tried before and what came of it is whole.

    Does nothing where it cannot: `open_encoder` then does it in this process, or says why not.
    """
    if any(map(_usable, models.glob(f"{reference.sha256[:16]}-*"))):
        return
    root = str(Path(__file__).resolve().parent.parent)
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    try:
        subprocess.run(  # noqa: S603 - this interpreter, code of our own, no shell
            [sys.executable, "-c", _CODE, reference.name, str(models.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": paths},
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return


def _usable(folder: Path) -> bool:
    """Whether a model was converted or refused in a folder, in the format of today."""
    try:
        converted.load_folder(folder)
    except DamagedModelError:
        return False
    return True
