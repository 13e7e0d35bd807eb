"""Names of units as people paste them from articles, decisions and Word tables."""

import re
from collections.abc import Collection
from enum import StrEnum

from thidua.common.vietnamese.text import INVISIBLE, fold, nfc, squeeze, words

# In a paragraph a comma ends a name only before one of these; «và» never does.
OFFICES = (
    r"Sở|Ban|Văn phòng|Công an|Bộ|[ỦU][ỷy] ban|Uỷ ban|UBND|HĐND|UBMTTQ|BQL|Hội|Đoàn|Tỉnh đoàn"
    r"|Thành đoàn|Liên đoàn|Liên minh|Liên hiệp|Mặt trận|Tổng cục|Cục|Chi cục|Kho bạc|Bảo hiểm"
    r"|Ngân hàng|Tòa án|Toà án|Viện|Thanh tra|Trường|Học viện|Đại học|Đảng [uủ][ỷy]|Đảng bộ"
    r"|Tỉnh [uủ][ỷy]|Thành [uủ][ỷy]|Huyện [uủ][ỷy]|Báo|Đài|Trung tâm|Bưu điện"
    r"|Tổng [Cc]ông ty|Công ty|Tập đoàn"
    r"|Điện lực|Hợp tác xã|Quỹ|Bệnh viện|Chi nhánh|Khối|Cụm|Nhà máy|Cơ quan|Phòng|Hải quan|Thuế"
)
# Common words that only look like the beginning of an office.
NOT_OFFICES = r"Hội nhập|Báo chí|Đoàn kết|Phòng chống|Phòng cháy|Bộ môn|Trường học|Ban hành"
# Administrative units are also written small, but then a proper name or a number follows.
PLACES = r"thành phố|TP\.?|thị xã|quận|huyện|xã|phường|thị trấn|đặc khu"

CAPITAL = "[" + "".join(filter(str.isupper, map(chr, range(0x1F00)))) + "]"
BEGINS = rf"(?!(?:{NOT_OFFICES})\b)(?:(?:{OFFICES})\b|(?i:{PLACES})\s+(?:{CAPITAL}|\d))"
BEGINNING = re.compile(BEGINS)
ANY_COMMA = re.compile(r",\s*")
COMMA = re.compile(rf",\s*(?:và\s+)?(?={BEGINS})")
INTRODUCTION = re.compile(rf"^[^:]*:\s*(?={BEGINS})")
# «BanThi đua»: the first word of a name stuck to the second.
GLUED = re.compile(rf"(?<!\S)({OFFICES})(?={CAPITAL}[^\W\d_])")
MARKER = re.compile(r"^(?:[-–—+*•▪]|\(?\d{1,3}[.)]|[a-zđ]\))\s*")
OPEN_END = re.compile(r"(?:\b(?:và|các|của|thuộc|cho|về|với)|[–—,&-])$", re.IGNORECASE)
HAS_VOWEL = re.compile(r"[aeiouy]")


class Commas(StrEnum):
    """What the commas of a list that stands on a single line are, as the person says."""

    IN_NAME = "in_name"
    BEFORE_OFFICES = "before_offices"
    BETWEEN = "between"


def split_unit_list(text: str, commas: str = Commas.IN_NAME) -> list[str]:
    """The names in a pasted list, in their order; empty for an empty text.

    One name a line, whatever it begins with: commas inside stay. Semicolons separate everywhere.
    Only where all stands on a single line (`asks_about_commas`) `commas` says how to part it: not
    at all, before words that begin a unit's name, or everywhere. A name broken over lines is
    mended, and so is a missing space after its first word.
    """
    entries = _entries(text)
    if asks_about_commas(text):
        parting = {Commas.BEFORE_OFFICES: COMMA, Commas.BETWEEN: ANY_COMMA}.get(Commas(commas))
        entries = [
            name for part in entries for name in (parting.split(part) if parting else [part])
        ]
    return list(filter(None, map(_clean, entries)))


def asks_about_commas(text: str) -> bool:
    """Whether a list is one line with commas: they may part its names or belong to them."""
    lines = _whole_lines(nfc(text).translate(INVISIBLE))
    named = [line for line in lines if _clean(INTRODUCTION.sub("", line))]
    return len(named) == 1 and any("," in _clean(part) for part in _entries(text))


def _entries(text: str) -> list[str]:
    """The parts of a list between line ends and semicolons, without introduction and numbers."""
    lines = _whole_lines(nfc(text).translate(INVISIBLE))
    bare = (INTRODUCTION.sub("", GLUED.sub(r"\1 ", MARKER.sub("", line))) for line in lines)
    return [part for line in bare for part in line.split(";")]


def _whole_lines(text: str) -> list[str]:
    """Lines, each broken name joined again."""
    lines: list[str] = []
    typed = list(filter(None, map(squeeze, re.split(r"[\n\r\t]", text))))
    # Every line but the last ends with a comma: it parts the names, no name goes on below.
    is_parted = len(typed) > 2 and {line[-1] for line in typed[:-1]} - {":"} == {","}
    for line in typed:
        if lines and not is_parted and _continues(lines[-1], line):
            lines[-1] += _joint(lines[-1], line) + line
        else:
            lines.append(line)
    return lines


def _continues(before: str, line: str) -> bool:
    if before.endswith((";", ".", ":")) or MARKER.match(line):
        return False
    if BEGINNING.match(line):
        return OPEN_END.search(before) is not None and not before.endswith(",")
    return line[0].islower() or OPEN_END.search(before) is not None


def _joint(before: str, line: str) -> str:
    """Nothing inside a word, a space between words: a syllable has a vowel, «P» has none."""
    end, start = before.split()[-1], line.split()[0]
    is_cut = not _has_vowel(end) and end.isalpha() and (len(end) == 1 or not end.isupper())
    is_rest = start.isalpha() and not _has_vowel(start)
    return "" if line[0].islower() and (is_cut or is_rest) else " "


def _has_vowel(word: str) -> bool:
    return HAS_VOWEL.search(fold(word)) is not None


def _clean(name: str) -> str:
    """The bare name; an introduction without a name («gồm các đơn vị:») is none."""
    bare = MARKER.sub("", name.strip()).removeprefix("và ").strip(" .,;")
    return "" if bare.endswith(":") else bare


# Usual abbreviations of State offices, the longer phrase first.
ABBREVIATIONS = (
    ("Nông nghiệp và Phát triển nông thôn", "NN&PTNT"),
    ("Tài nguyên và Môi trường", "TN&MT"),
    ("Nông nghiệp và Môi trường", "NN&MT"),
    ("Giao thông Vận tải", "GTVT"),
    ("Thi đua, Khen thưởng", "TĐKT"),
    ("Thi đua – Khen thưởng", "TĐKT"),
    ("Liên đoàn Lao động", "LĐLĐ"),
    ("Mặt trận Tổ quốc", "MTTQ"),
    ("Ủy ban nhân dân", "UBND"),
    ("Uỷ ban nhân dân", "UBND"),
    ("Hội đồng nhân dân", "HĐND"),
    ("Ban Chấp hành", "BCH"),
    ("Khu công nghiệp", "KCN"),
    ("Khu chế xuất", "KCX"),
    ("Khu kinh tế", "KKT"),
    ("đầu tư xây dựng", "ĐTXD"),
    ("Ban Quản lý", "BQL"),
)


CODE_LENGTH = 30


def short_name_for(name: str) -> str:
    """The name with the usual abbreviations: «Sở Giao thông Vận tải» becomes «Sở GTVT»."""
    for phrase, short in ABBREVIATIONS:
        name = re.sub(rf"\b{re.escape(phrase)}\b", short, name, flags=re.IGNORECASE)
    return name[:100].strip()


def code_for(name: str, taken: Collection[str]) -> str:
    """The first letters of the words, and a number where that code is taken already."""
    letters = "".join(word[0] for word in words(name)).upper()[: CODE_LENGTH - 3] or "DV"
    code, number = letters, 1
    while code in taken:
        number += 1
        code = f"{letters}{number}"
    return code
