"""Countries and their people: which words name the same one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TABLE = """
Afghanistan Afghan Afghani, Albania Albanian, Algeria Algerian, Andorra Andorran, Angola Angolan,
Argentina Argentinian Argentine, Armenia Armenian, Australia Australian, Austria Austrian,
Azerbaijan Azerbaijani, Bahamas Bahamian, Bahrain Bahraini, Bangladesh Bangladeshi,
Barbados Barbadian, Belarus Belarusian, Belgium Belgian, Belize Belizean, Benin Beninese,
Bhutan Bhutanese, Bolivia Bolivian, Bosnia Bosnian, Botswana, Brazil Brazilian,
Brunei Bruneian, Bulgaria Bulgarian, Burkina_Faso Burkinabe Burkinabé, Burundi Burundian,
Cambodia Cambodian Khmer, Cameroon Cameroonian, Canada Canadian, Cape_Verde Cabo_Verde,
Chad Chadian, Chile Chilean, China Chinese, Colombia Colombian, Comoros Comorian,
Congo Congolese, Costa_Rica Costa_Rican, Croatia Croatian Croat, Cuba Cuban, Cyprus Cypriot,
Czechia Czech, Denmark Danish Dane, Djibouti Djiboutian, Dominica Dominican,
Ecuador Ecuadorian, Egypt Egyptian, El_Salvador Salvadoran, Eritrea Eritrean, Estonia Estonian,
Eswatini Swaziland, Ethiopia Ethiopian, Fiji Fijian, Finland Finnish Finn, France French,
Gabon Gabonese, Gambia Gambian, Georgia Georgian, Germany German, Ghana Ghanaian,
Greece Greek, Grenada Grenadian, Guatemala Guatemalan, Guinea Guinean, Guyana Guyanese,
Haiti Haitian, Honduras Honduran, Hungary Hungarian, Iceland Icelandic Icelander, India Indian,
Indonesia Indonesian, Iran Iranian, Iraq Iraqi, Ireland Irish, Israel Israeli, Italy Italian,
Ivory_Coast Ivorian Côte_d’Ivoire, Jamaica Jamaican, Japan Japanese, Jordan Jordanian,
Kazakhstan Kazakh, Kenya Kenyan, Kiribati, Korea Korean, Kosovo Kosovar, Kuwait Kuwaiti,
Kyrgyzstan Kyrgyz, Laos Laotian, Latvia Latvian, Lebanon Lebanese, Lesotho, Liberia Liberian,
Libya Libyan, Liechtenstein, Lithuania Lithuanian, Luxembourg Luxembourgish, Madagascar Malagasy,
Malawi Malawian, Malaysia Malaysian, Maldives Maldivian, Mali Malian, Malta Maltese,
Mauritania Mauritanian, Mauritius Mauritian, Mexico Mexican, Moldova Moldovan, Monaco,
Mongolia Mongolian, Montenegro Montenegrin, Morocco Moroccan, Mozambique Mozambican,
Myanmar Burma Burmese, Namibia Namibian, Nauru, Nepal Nepalese Nepali,
Netherlands Dutch Holland, New_Zealand New_Zealander, Nicaragua Nicaraguan, Niger Nigerien,
Nigeria Nigerian, Norway Norwegian, Oman Omani, Pakistan Pakistani, Palestine Palestinian,
Panama Panamanian, Paraguay Paraguayan, Peru Peruvian, Philippines Filipino, Poland Polish,
Portugal Portuguese, Qatar Qatari, Romania Romanian, Russia Russian, Rwanda Rwandan,
Samoa Samoan, Saudi_Arabia Saudi, Senegal Senegalese, Serbia Serbian Serb, Seychelles,
Sierra_Leone Sierra_Leonean, Singapore Singaporean, Slovakia Slovak, Slovenia Slovenian Slovene,
Somalia Somali, South_Africa South_African, Spain Spanish Spaniard, Sri_Lanka Sri_Lankan,
Sudan Sudanese, Suriname Surinamese, Sweden Swedish Swede, Switzerland Swiss, Syria Syrian,
Taiwan Taiwanese, Tajikistan Tajik, Tanzania Tanzanian, Thailand Thai, Togo Togolese,
Tonga Tongan, Tunisia Tunisian, Turkey Turkish Türkiye, Turkmenistan Turkmen, Tuvalu,
Uganda Ugandan, Ukraine Ukrainian, United_Kingdom UK U.K. Britain British,
United_States USA U.S. American, Uruguay Uruguayan, Uzbekistan Uzbek, Vanuatu,
Venezuela Venezuelan, Vietnam Vietnamese Viet_Nam, Yemen Yemeni, Zambia Zambian,
Zimbabwe Zimbabwean
"""

_ROWS = [
    tuple(name.replace("_", " ") for name in row.split())
    for row in _TABLE.replace("\n", " ").split(",")
]
_BY_WORD = {name.lower(): row for row in _ROWS for name in row if len(name) > 3 and name.isalpha()}
"""Names of one word, in small letters, with all names of the same country. Short ones are left out,
which in small letters are other words ("us")."""
_WORD = re.compile(r"[^\W_]+")
_SEVERAL = [words for row in _ROWS for name in row if len(words := _WORD.findall(name.lower())) > 1]


def nation(word: str) -> tuple[str, ...]:
    """All names of the country that a word names, and of its people: "Ukraine" and "Ukrainian" for
    "Ukrainians". Capitals do not matter. Empty where the word names no country.
    """
    small = word.lower()
    return _BY_WORD.get(small) or _BY_WORD.get(small.removesuffix("s"), ())


def countries_of(question: str, absent: Iterable[str]) -> tuple[str, ...]:
    """The countries, and their people, that a question names and that have one of the given words
    in their name ("Arabia" in "Saudi Arabia").

    absent: the words, as the question has them; several may stand in one text.
    """
    lacking = set(_WORD.findall(" ".join(absent).lower()))
    stems = lacking | {word.removesuffix("s") for word in lacking}
    asked = f" {' '.join(_WORD.findall(question.lower()))}"
    of_several = (" ".join(words) for words in _SEVERAL if not stems.isdisjoint(words))
    found = [word for word in sorted(lacking) if nation(word)]
    return (*found, *(name for name in of_several if re.search(rf" {name}s?\b", asked)))
