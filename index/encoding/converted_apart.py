"""The encoder converted in a process of its own, so that torch never enters a server.

Converting needs 940 MB, which the process keeps: a server that had done it held 909 MB for good,
with the desk at work 991 MB at most.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

from index.encoding import converted
from index.encoding.converted import DamagedModelError
from index.encoding.encoder import SentenceEncoder

_log = logging.getLogger(__name__)

_SECONDS = 300
"""It takes ten on one core."""

# `-I` ignores the working folder and PYTHONPATH, so that a stray `index.py` in the folder a command
# is run from is never imported. Our packages are found by their folder, everything else where this
# process finds it.
_CODE = """
import sys
root, name, models, *extra = sys.argv[1:]
sys.path.insert(0, root)
import corpus, index, ingest
sys.path.remove(root)
sys.path.extend(entry for entry in extra if entry not in sys.path)
from contextlib import suppress
from pathlib import Path
from index.encoding.encoder import EncoderError, load
from index.encoding.open_encoder import open_encoder
with suppress(EncoderError):  # said by the process that asked, when it loads the model itself
    open_encoder(load(name), Path(models))
"""


def prepare(reference: SentenceEncoder, models: Path) -> None:
    """Convert a model into `models` unless a whole one, or one that was refused, is there already.

    Where that fails nothing is said: `open_encoder` then converts it in this process, or says why
    it cannot.
    """
    if any(map(_usable, models.glob(f"{reference.sha256[:16]}-*"))):
        return
    _log.info("preparing the encoder for this machine, once: some ten seconds")
    root = str(Path(__file__).resolve().parents[2])
    told = [root, reference.name, str(models.absolute())]
    extra = [entry for entry in sys.path if Path(entry).is_absolute()]
    try:
        subprocess.run(  # noqa: S603 - this interpreter, code of our own, no shell
            [sys.executable, "-I", "-c", _CODE, *told, *extra],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return


def _usable(folder: Path) -> bool:
    """Whether a folder holds a model in the format of today, or the refusal of one."""
    try:
        converted.load_folder(folder)
    except DamagedModelError:
        return False
    return True
