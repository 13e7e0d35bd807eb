"""Text typed for the fonts of before Unicode: TCVN3 (ABC, .VnTime) and VNI (VNI-Times).

Such a text is letters of western Europe that only its font draws as Vietnamese: «Së X©y dùng»,
«Sôû Xaây döïng». Nothing here knows Django, so that `domain` may use it.
"""

import re
import unicodedata
from collections.abc import Sequence

from thidua.common.vietnamese.text import TONES, nfc

UNICODE, TCVN3, VNI = "Unicode", "TCVN3 (ABC)", "VNI"

# TCVN 5712:1993, third table, as Windows hands it over: a letter each. Capitals with a tone have
# none of their own: their font draws small letters as capitals.
TCVN3_LETTERS = dict(
    zip(
        "¡¢§£¤¥¦µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ",
        "ĂÂĐÊÔƠƯàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
        strict=True,
    )
)
TONE_SIGNS, CIRCUMFLEX, BREVE = "\u0301\u0300\u0309\u0303\u0323", "\u0302", "\u0306"


def _marks(written: str, over: str = "") -> dict[str, str]:
    """Marks of VNI with the signs they stand for: one without a tone first where there is one."""
    signs = [over, *(over + tone for tone in TONE_SIGNS)] if over else [*TONE_SIGNS]
    return dict(zip(written, signs, strict=True))


# What VNI writes behind a letter: a tone alone, one over a circumflex (â ê ô), over a breve (ă).
VNI_MARKS = {
    "aeouyôö": _marks("ùøûõï"),
    "aeo": _marks("âáàåãä", CIRCUMFLEX),
    "a": _marks("êéèúüë", BREVE),
}
VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_signs() -> dict[str, str]:
    """Every letter of VNI with what it is, small and capital, the mark in either size."""
    found = dict(VNI_LETTERS)
    for letters, marks in VNI_MARKS.items():
        for letter in letters:
            for mark, signs in marks.items():
                found[letter + mark] = nfc(VNI_LETTERS.get(letter, letter) + signs)
    capitals = {sign[0].upper() + sign[1:]: letter.upper() for sign, letter in found.items()}
    return found | capitals | {sign.upper(): letter.upper() for sign, letter in found.items()}


VNI_SIGNS = _vni_signs()
VNI_SIGN = re.compile("|".join(sorted(map(re.escape, VNI_SIGNS), key=len, reverse=True)))
FROM_TCVN3 = str.maketrans(TCVN3_LETTERS)

BETWEEN_WORDS = re.compile(r"[\s,.;:()/“”\"'–-]+")
VOWELS = (
    "uyeu|uya|uye|uyu|ieu|yeu|oai|oay|oao|oeo|uay|uoi|uou|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua"
    "|ue|ui|uo|uu|uy|ye|a|e|i|o|u|y"
)
SYLLABLE = re.compile(
    rf"(?:ngh?|nh|ch|gh?|gi|kh|ph|th|tr|qu|[bcdhklmnrstvxp])?(?:{VOWELS})(?:ch|ng|nh|[cmnptk])?"
)
MARKED = set("ăâđêôơư") | {nfc(vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES}


def in_unicode(text: str, encoding: str) -> str:
    """The text of that encoding as people read it, NFC; what is Unicode already stays."""
    if encoding == TCVN3:
        return nfc(text.translate(FROM_TCVN3))
    if encoding == VNI:
        return nfc(VNI_SIGN.sub(lambda sign: VNI_SIGNS[sign[0]], text))
    return nfc(text)


def encoding_of(text: str) -> str:
    """UNICODE, TCVN3 or VNI: the one in which most words are Vietnamese syllables.

    Only words with signs beyond ASCII tell; in doubt the text is Unicode.
    """
    telling = [word for word in BETWEEN_WORDS.split(nfc(text)) if not word.isascii()]
    scores = {
        encoding: sum(_is_syllable(in_unicode(word, encoding)) for word in telling)
        for encoding in (UNICODE, TCVN3, VNI)
    }
    # The first of equals wins.
    return max(scores, key=scores.__getitem__)


def is_surely_unicode(text: str) -> bool:
    """Whether it holds a Vietnamese letter that neither of the old encodings has («ộ», «ư»)."""
    return any(letter > "ÿ" and letter.lower() in MARKED for letter in nfc(text))


def shared_encoding(lines: Sequence[str]) -> tuple[str, list[int]]:
    """The one encoding of a text, and the places of lines that contradict it, counted from 0.

    They are in an old encoding where other lines are surely Unicode: no rule reads such a text.
    """
    unsure = [place for place, line in enumerate(lines) if not is_surely_unicode(line)]
    old = {place: found for place in unsure if (found := encoding_of(lines[place])) != UNICODE}
    if not old:
        return UNICODE, []
    encoding = encoding_of("\n".join(lines[place] for place in unsure))
    return encoding, [] if len(unsure) == len(lines) else sorted(old)


def _is_syllable(word: str) -> bool:
    """Whether a word is spelt as a Vietnamese syllable is: its letters, their order, one tone."""
    small = word.lower()
    if not all(letter in MARKED or "a" <= letter <= "z" for letter in small):
        return False
    parts = unicodedata.normalize("NFD", small.replace("đ", "d"))
    bare = "".join(part for part in parts if "a" <= part <= "z")
    return sum(part in TONES for part in parts) <= 1 and bool(SYLLABLE.fullmatch(bare))
