"""The encoding of a web page: what its bytes say goes before what it declares."""

from __future__ import annotations

import re

from ingest.prose import text

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,500}\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\b[^>]{0,500}\bencoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
_TAG = re.compile(rb"<[^<>]*>")
# What browsers read these names as, the codec that holds more characters:
# https://encoding.spec.whatwg.org
_READ_AS = {
    **dict.fromkeys(
        ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"), "cp1252"
    ),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874"), "cp874"),
    **dict.fromkeys(
        ("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j"), "cp932"
    ),
    **dict.fromkeys(("gb2312", "gb_2312-80", "x-gbk", "gbk", "chinese"), "gb18030"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "korean"), "cp949"),
    **dict.fromkeys(("big5", "x-x-big5", "big5-hkscs"), "big5hkscs"),
}


def decoded(data: bytes) -> str:
    """The text of a page.

    Bytes that make UTF-8 are UTF-8, whatever the page declares: a server may have said so, and no
    page in another encoding comes out as UTF-8 by chance. Else the declared encoding holds, if it
    is known and is not UTF-8 either, and without one `decode`.
    """
    found = _as_declared(data)
    return text.decode(data) if found is None else found


def is_undecoded(data: bytes) -> bool:
    """Whether what `decoded` makes of a page is no language, as `text.is_undecoded` has it."""
    return _as_declared(data) is None and text.is_undecoded(_TAG.sub(b"", data))


def _as_declared(data: bytes) -> str | None:
    """The text of a page by what it declares; None where that is nothing that it can be."""
    found = None if data.startswith(_MARKS) else _DECLARED.search(data)
    name = (found[1] or found[2]).decode().lower() if found else "utf-8"
    if name.startswith("utf") or _is_utf8(data):  # UTF-16 cannot be where this could be read
        return None
    try:
        return data.decode(_READ_AS.get(name, name), errors="replace")
    except (LookupError, ValueError):
        return None


def _is_utf8(data: bytes) -> bool:
    """Whether bytes that are not all ASCII make UTF-8."""
    try:
        return not data.isascii() and bool(data.decode())
    except UnicodeDecodeError:
        return False
