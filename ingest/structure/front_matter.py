"""What stands before the first chapter and after the last, and opens a part of its own.

Pure. Such headings have no number, and by their look alone they would hang below the chapter that
went before: "10 Conclusion > References".
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

# Accents left out, as capitals often do.
_NAMED = re.compile(
    r"(?:table of )?contents?|foreword|preface|acknowledge?ments?|executive summary|introduction|"
    r"(?:list of )?(?:abbreviations|acronyms|tables|figures)"
    r"(?: and (?:abbreviations|acronyms|tables|figures))?|"
    r"glossary|references|bibliography|end\s?notes|annexe?s|appendices|"
    r"table des matieres|avant-propos|remerciements|(?:resume|sommaire) executif|"
    r"(?:liste des )?(?:sigles|acronymes|abreviations)(?: et (?:sigles|acronymes|abreviations))?|"
    r"glossaire|bibliographie|"
    r"inhalt(?:sverzeichnis)?|vorwort|danksagung|einleitung|abkurzung(?:en|sverzeichnis)|"
    r"glossar|literatur(?:verzeichnis)?|quellenverzeichnis|anhange|"
    r"indice|contenido|prologo|prefacio|agradecimientos|resumen ejecutivo|introduccion|"
    r"(?:siglas|acronimos|abreviaturas)(?: y (?:siglas|acronimos|abreviaturas))?|glosario|"
    r"(?:referencias|referencias bibliograficas|bibliografia|anexos)|"
    r"sumario(?: executivo)?|resumo(?: executivo)?|agradecimentos|introducao|"
    r"(?:siglas|acronimos|abreviaturas)(?: e (?:siglas|acronimos|abreviaturas))?|glossario|"
    r"inhoud(?:sopgave)?|voorwoord|dankwoord|inleiding|(?:lijst van )?afkortingen|"
    r"literatuur(?:lijst)?|bijlagen"
)
_OPENING = re.compile(r"introduction|einleitung|introduccion|introducao|inleiding")


def parts_of_their_own(
    texts: Sequence[str],
    levels: Mapping[int, int],
    looks: Mapping[int, tuple[int, ...]],
    settled: Collection[int],
) -> set[int]:
    """Places of headings that are such a part by their name, whatever their look ranks them.

    levels, looks: of the headings, by place; the greater look is the higher in rank. settled:
    places whose level is known. A name that comes again is one within chapters, and what has
    headings like itself after it, before the next chapter, is a section beside them.
    """
    plain = {place: _plain(texts[place]) for place in levels}
    named = {place for place in levels if is_named(texts[place])}
    often = Counter(plain.values())
    chapters = {place for place, level in levels.items() if level == 1}
    for place in sorted(named - chapters - set(settled), reverse=True):
        if often[plain[place]] > 1 or _is_within(place, plain[place], chapters | named, named):
            continue
        end = min((other for other in chapters if other > place), default=len(texts))
        beside = [o for o in levels if place < o < end and levels[o] <= levels[place]]
        if not any(looks[other] >= looks[place] for other in beside):
            chapters.add(place)
    return chapters & named


def is_named(text: str) -> bool:
    """Whether a heading is the name of such a part: "Foreword", "List of abbreviations"."""
    return _NAMED.fullmatch(_plain(text)) is not None


def _is_within(place: int, text: str, chapters: Collection[int], named: Collection[int]) -> bool:
    """Whether a heading is the introduction of the chapter before it, if that is no such part."""
    before = max((other for other in chapters if other < place), default=place)
    return bool(_OPENING.fullmatch(text)) and before != place and before not in named


def _plain(text: str) -> str:
    """A text without accents, nor what stands around it."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold().strip(" .:")
