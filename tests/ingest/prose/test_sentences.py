import pytest

from ingest.prose.sentences import ends_sentence, spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Meyer came. He left.", ["Dr. Meyer came.", "He left."]),
        ("It cost 1.5 million. Nobody paid.", ["It cost 1.5 million.", "Nobody paid."]),
        ("See p. 12 and Fig. 3 there. Then go.", ["See p. 12 and Fig. 3 there.", "Then go."]),
        ("The U.S. State Department paid.", ["The U.S. State Department paid."]),
        ("J. Smith and A. Jones wrote it.", ["J. Smith and A. Jones wrote it."]),
        ("He said: “It works.” Then he left.", ["He said: “It works.”", "Then he left."]),
        ("Sie sagte: „Ja.“ Dann ging sie.", ["Sie sagte: „Ja.“", "Dann ging sie."]),
        ("»Ja.« Dann ging sie.", ["»Ja.«", "Dann ging sie."]),
        ("Er kam. »Ja«, sagte er.", ["Er kam.", "»Ja«, sagte er."]),
        ("« Oui. » Puis il partit.", ["« Oui. »", "Puis il partit."]),
        ("It was new (in 2012.) That was all.", ["It was new (in 2012.)", "That was all."]),
        ("Was it? yes, it was.", ["Was it? yes, it was."]),
        # "no." may stand for "number"; another mark, or three stops, ends a sentence all the same
        ("They saw no. 5 of it.", ["They saw no. 5 of it."]),
        ("It is so [p. 5] there.", ["It is so [p. 5] there."]),
        ("He worked for the UN. Then he left.", ["He worked for the UN.", "Then he left."]),
        ("He said no! Then he left.", ["He said no!", "Then he left."]),
        ("He said no... Then he left.", ["He said no...", "Then he left."]),
        ("2. The visit took a day.", ["2. The visit took a day."]),
        ("In 2012. The visit came later.", ["In 2012.", "The visit came later."]),
        ("Der Antrag gem. Abs. 2 wurde abgelehnt. Punkt.",
         ["Der Antrag gem. Abs. 2 wurde abgelehnt.", "Punkt."]),
        # Letters and short months of other languages, and the letters that end sentences there.
        ("Die o. g. Aspekte, d. h. Kinder (u. a. Waisen). Punkt.",
         ["Die o. g. Aspekte, d. h. Kinder (u. a. Waisen).", "Punkt."]),
        ("Im Sinne i. S. d. § 5 i. V. m. Satz 2. Punkt.",
         ["Im Sinne i. S. d. § 5 i. V. m. Satz 2.", "Punkt."]),
        ("En janv. 2019, p. ex. Paris l'a vu. Fin.",
         ["En janv. 2019, p. ex. Paris l'a vu.", "Fin."]),
        ("Im Okt. 2019 kam AVR. Dann ging es.", ["Im Okt. 2019 kam AVR.", "Dann ging es."]),
        ("They saw c. 40 hosts. Then they left.", ["They saw c. 40 hosts.", "Then they left."]),
        ("a. The visit. It took a day.", ["a. The visit.", "It took a day."]),
        ("Il y en a. Les hôtes aussi.", ["Il y en a.", "Les hôtes aussi."]),
        ("Siehe S. 5 f. Der Antrag gilt.", ["Siehe S. 5 f.", "Der Antrag gilt."]),
        ("Landet de bor i. De kom hit.", ["Landet de bor i.", "De kom hit."]),
        # Abbreviations, ordinals and days of other languages.
        ("Die 2. Phase (vgl. Abb. 3) kostete 4 Mio. Euro. Sie lief.",
         ["Die 2. Phase (vgl. Abb. 3) kostete 4 Mio. Euro.", "Sie lief."]),
        ("Sie lief bis 3. Mai und am 4. Juni. Dann kam Teil 12. Er war kurz.",
         ["Sie lief bis 3. Mai und am 4. Juni.", "Dann kam Teil 12.", "Er war kurz."]),
        ("They fell from 15 to 12. May was dry.", ["They fell from 15 to 12.", "May was dry."]),
        ("L’art. 5 et l'art. 6 valent. Fin.", ["L’art. 5 et l'art. 6 valent.", "Fin."]),
        ("La Dra. Vidal y los EE. UU. pagaron. Fin.",
         ["La Dra. Vidal y los EE. UU. pagaron.", "Fin."]),
        ("Mevr. Smit en dhr. Bos (blz. 4, bijl. 2) kwamen. Er waren o.a. 30 gasten.",
         ["Mevr. Smit en dhr. Bos (blz. 4, bijl. 2) kwamen.", "Er waren o.a. 30 gasten."]),
        # Words that are abbreviations before numbers only, and numbers behind English words.
        ("They said no. Then they left (see no. 4 and art. 5).",
         ["They said no.", "Then they left (see no. 4 and art. 5)."]),
        ("Des œuvres d’art. Ils viennent de l’Est. Selon l’art. L. 511-1, non.",
         ["Des œuvres d’art.", "Ils viennent de l’Est.", "Selon l’art. L. 511-1, non."]),
        ("Projekte dieser Art. Sie gelten nach Art. 5.",
         ["Projekte dieser Art.", "Sie gelten nach Art. 5."]),
        ("Project No. CD.0015 is small. No. It is large; No. Of: 20.",
         ["Project No. CD.0015 is small.", "No.", "It is large; No. Of: 20."]),
        ("I am 25. My son is 2. We came am 3. Tag.",
         ["I am 25.", "My son is 2.", "We came am 3. Tag."]),
        # Words with which sentences begin stand behind no ordinal, and behind what leads to names.
        ("Das ist der 3. Der Rest kostet 5 Mio. Die Stadt zahlt 4 Mio. Euro.",
         ["Das ist der 3.", "Der Rest kostet 5 Mio.", "Die Stadt zahlt 4 Mio. Euro."]),
        ("L’un des 27. La liste est close. Los EE. UU. El resto no.",
         ["L’un des 27.", "La liste est close.", "Los EE. UU.", "El resto no."]),
        ("It began at 9 a.m. The case was Smith vs. The State.",
         ["It began at 9 a.m.", "The case was Smith vs. The State."]),
        (". The visit took a day.", [".", "The visit took a day."]),
        ("A line\nAnother line", ["A line", "Another line"]),
        ("", []),
        ("  \n ", []),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "after", "ends"),
    [
        ("Nobody came.", "", True),
        ("They saw the U.N.", "", True),
        ("What is said in Annex A.", "", True),
        ("It is said (see Fig.", "", False),
        ("vgl. S.", "", False),
        ("avec M.", "", False),
        ("selon l’art.", "5 et 6", False),
        ("les œuvres d’art.", "Le musée", True),
        ("as told by Frost, op. cit.", "The town", True),
        ("to which they said no.", "Nobody came", True),
        ("as told in the paper no.", "5 of them", False),
        ("the paper with the No.", "CD.0015", False),
        ("Nobody", "", False),
        # A dot that stands alone, as leaders and bullets leave it.
        (".", "", True),
        (" .", "", True),
    ],
)
def test_an_abbreviation_that_leads_on_ends_no_line_s_sentence(
    text: str, after: str, ends: bool
) -> None:
    assert ends_sentence(text, after) is ends


def test_spans_leave_out_only_white_space() -> None:
    text = "  First one.  Second one!\n\n Third "
    covered = "".join(text[start:end] for start, end in spans(text))
    assert covered.replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize("line", ["!" * 300_000, "(" * 300_000, "a. " * 100_000, '."' * 150_000])
def test_a_long_line_takes_no_longer_a_character_than_a_short_one(line: str) -> None:
    """Work that grows with the square of the line would keep this from ending within minutes."""
    assert "".join(sentences(f"{line}a end")).replace(" ", "") == f"{line}aend".replace(" ", "")
