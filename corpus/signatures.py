"""The first bytes of common files that are no text, so that a message can say what a file is."""

from __future__ import annotations

import re

_UNPACK = "unpack it first"
_SAVE = "save it as PDF, or as CSV if it is a table"
_PICTURE = ("a picture", "write out what it shows")

# A web page saved as MHTML is a message: https://www.rfc-editor.org/rfc/rfc2557
_HEAD = 4_000
_ARCHIVED_PAGE = re.compile(
    rb"\A[A-Za-z-]+:(?=.*^MIME-Version:).*^Content-Type:\s*multipart/related",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)

_BEGINNINGS = {
    b"\x1f\x8b": ("compressed with gzip", _UNPACK),
    b"\x28\xb5\x2f\xfd": ("compressed with zstd", _UNPACK),
    **{b"BZh%d" % level: ("compressed with bzip2", _UNPACK) for level in range(1, 10)},
    b"\xfd7zXZ\0": ("compressed with xz", _UNPACK),
    b"7z\xbc\xaf\x27\x1c": ("a 7z archive", _UNPACK),
    b"PK\x03\x04": ("an office file or a zip archive", f"{_SAVE}, or unpack it"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ("an office file", _SAVE),
    b"%PDF-": ("a PDF", "to add it, give it the ending .pdf"),
    b"SQLite format 3\0": ("a database", "export what it holds as text"),
    b"{\\rtf": ("a text of a word processor (RTF)", "save it as PDF or as plain text"),
    b"%!PS": ("PostScript", "make a PDF of it"),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
}
"""By first bytes: what the file is, and what to do. The bytes are those of RFC 1952, RFC 8878, RFC
8118, RFC 2083, APPNOTE.TXT of PKWARE, [MS-CFB], the formats of bzip2, xz, 7-Zip, RTF and
PostScript, and https://www.sqlite.org/fileformat.html."""


def not_text(data: bytes) -> tuple[str, str] | None:
    """What kind of file these bytes begin, and what to do where a text is wanted; None where their
    beginning is not known.
    """
    head = data[:_HEAD]
    if _ARCHIVED_PAGE.search(head):
        return "a web page with its pictures in one file (MHTML)", "save it as HTML only, or as PDF"
    return next((said for start, said in _BEGINNINGS.items() if head.startswith(start)), None)
