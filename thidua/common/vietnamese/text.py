"""Vietnamese text: one normal form, and keys under which two spellings are equal.

Nothing here knows Django, so that `domain` may use it.
"""

import re
import unicodedata

# Invisible characters that pages and Word files leave inside pasted names.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# Every mark that decomposing Latin letters can leave behind; the same list goes to PostgreSQL.
MARKS = "".join(map(chr, range(0x300, 0x370)))
# Ð (U+00D0, Icelandic eth) looks exactly like Đ and is a usual slip of old keyboards.
STROKES = "đĐðÐ"
WITHOUT_MARKS = str.maketrans(STROKES, "dddd", MARKS)

TONES = "\u0300\u0301\u0303\u0309\u0323"
VOWEL_RUN = re.compile(rf"(?:[aeiouy][{MARKS[0]}-{MARKS[-1]}]*)+")
DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")


def nfc(text: str) -> str:
    """The text with every letter as one character, the only form that is stored."""
    return unicodedata.normalize("NFC", text)


def plain_lines(text: str) -> str:
    """NFC, one kind of line end, no blanks around: what is stored is what is shown again."""
    return nfc(text).replace("\r\n", "\n").strip()


def filled_lines(text: str) -> tuple[str, ...]:
    """The lines of a text that say something, in their order: one thing a line, commas and all."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def squeeze(text: str) -> str:
    """NFC on one line: no invisible characters, single plain spaces, none at the ends."""
    return " ".join(nfc(text).translate(INVISIBLE).split())


def low_first(text: str) -> str:
    """The text as it goes on inside a sentence: its first letter small, «báo cáo năm 2026»."""
    return f"{text[:1].lower()}{text[1:]}"


def fold(text: str) -> str:
    """The text without accents and capitals, đ as d; equal for NFC and NFD.

    `thidua.common.vietnamese.lookups` does the same in SQL; a test holds the two together.
    """
    return unicodedata.normalize("NFD", text).translate(WITHOUT_MARKS).lower()


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, punctuation left out."""
    return re.findall(r"[^\W_]+", fold(text))


def file_stem(title: str, longest: int = 120) -> str:
    """A file name without its ending that every system can keep: «ho-so-khoi-thi-dua-so-5».

    Longer ones end with a whole word within so many characters.
    """
    name = "-".join(words(title))
    return name if len(name) <= longest else name[: longest + 1].rpartition("-")[0]


def has_words(text: str, query: str) -> bool:
    """Whether the text holds every word of the query, in any order, accents or not.

    `thidua.common.vietnamese.lookups.matching` asks the same of rows.
    """
    folded = fold(text)
    return all(word in folded for word in words(query))


def tone_key(text: str) -> str:
    """Equal for two spellings of one name, different for two names.

    Tones count, but not on which vowel of a syllable they are written (hòa = hoà, ủy = uỷ);
    capitals, the kind of dash and missing or doubled spaces do not count.
    """
    plain = squeeze(text).lower().replace("ð", "đ").translate(DASHES)
    joined = re.sub(r"(?<!\d) | (?!\d)", "", plain)
    return nfc(VOWEL_RUN.sub(_tones_last, unicodedata.normalize("NFD", joined)))


def _tones_last(run: re.Match[str]) -> str:
    letters = "".join(char for char in run[0] if char not in TONES)
    return letters + "".join(char for char in run[0] if char in TONES)
