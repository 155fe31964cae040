"""Encodings of web pages."""

import pytest

from ingest.formats.html_encoding import decoded

META = "<meta charset={}>"


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("iso-8859-1", "utf-8", "the café’s “plan”"),
        ("windows-1252", "utf-8", "Łódź"),
        ("utf-8", "cp1252", "the café’s “plan”"),
        ("iso-8859-9", "cp1254", "“Yeniden yerleştirme”"),
        ("Shift_JIS", "cp932", "①～の報告"),
        ("x-sjis", "cp932", "第三国定住の報告"),
        ("gb2312", "gbk", "难民镕安置"),
        ("ks_c_5601-1987", "cp949", "난민 똠"),
        ("koi8-r", "koi8-r", "Отчёт"),
        ("iso-2022-jp", "iso-2022-jp", "報告"),
    ],
)
def test_no_letter_is_lost(declared: str, encoding: str, text: str) -> None:
    page = META.format(declared) + text
    assert decoded(page.encode(encoding)) == page


def test_a_page_in_utf8_with_a_few_other_bytes() -> None:
    page = "<meta charset=utf-8>Łódź – Kraków".encode() + b" \x93Warta\x94 \x81"
    assert decoded(page) == "<meta charset=utf-8>Łódź – Kraków “Warta” \ufffd"
