"""What a text teaches about its acronyms."""

import pytest

from index.derived.acronyms import defined, learn


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("led by the Temporary Desk on Iraq (TDI).", [("TDI", "Temporary Desk on Iraq")]),
        ("TDI (Temporary Desk on Iraq) began", [("TDI", "Temporary Desk on Iraq")]),
        (
            "the Federal Agency for the Reception of Asylum Seekers (Fedasil)",
            [("Fedasil", "Federal Agency for the Reception of Asylum Seekers")],
        ),
        (
            "Technical Assistance and Information Exchange (TAIEX)",
            [("TAIEX", "Technical Assistance and Information Exchange")],
        ),
        ("all Standard Operating Procedures (SOPs)", [("SOP", "Standard Operating Procedures")]),
        # at most two words a letter
        ("by the Office for the Head of Agency (OHA)", [("OHA", "Office for the Head of Agency")]),
        ("by the Office of the Head of the Agency (OHA)", []),
        # every word of meaning has to give its first letter
        ("the effective application of Regulation (EU) 604", []),
        ("the Ministry of the Interior (Bahrain)", []),
        ("the annual report (see page 9)", []),
        ("visits ended. Desk on Iraq (TDI)", []),
        ("()", []),
        ("", []),
    ],
)
def test_long_forms_in_brackets(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(defined(text)) == pairs


def test_the_first_long_form_stays_whichever_text_comes_later() -> None:
    first, second = "Common Entry Point (CEP)", "Central Easting Post (CEP), Green Ink Day (GID)"
    whole = learn([first, second])
    assert whole == {"CEP": "Common Entry Point", "GID": "Green Ink Day"}
    assert learn([second], learn([first])) == whole
