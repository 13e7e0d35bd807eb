"""Names of units as people paste them from articles, decisions and Word tables."""

import re
from collections.abc import Collection

from thidua.common.vietnamese.text import INVISIBLE, fold, nfc, squeeze, words

# A comma ends a name only before one of these; «và» never does.
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
COMMA = re.compile(rf",\s*(?:và\s+)?(?={BEGINS})")
INTRODUCTION = re.compile(rf"^[^:]*:\s*(?={BEGINS})")
# «BanThi đua»: the first word of a name stuck to the second.
GLUED = re.compile(rf"(?<!\S)({OFFICES})(?={CAPITAL}[^\W\d_])")
MARKER = re.compile(r"^(?:[-–—+*•▪]|\(?\d{1,3}[.)]|[a-zđ]\))\s*")
OPEN_END = re.compile(r"(?:\b(?:và|các|của|thuộc|cho|về|với)|[–—,&-])$", re.IGNORECASE)
HAS_VOWEL = re.compile(r"[aeiouy]")


def split_unit_list(text: str) -> list[str]:
    """The names in a pasted list, in their order; empty for an empty text.

    One name a line: each line is a name, whatever commas it holds. Else semicolons and new lines
    separate; a comma does so only before a word that begins a unit's name. A name broken over lines
    is mended, and so is a missing space after its first word.
    """
    lines = _whole_lines(nfc(text).translate(INVISIBLE))
    is_marked = all(map(MARKER.match, lines))
    whole = [INTRODUCTION.sub("", GLUED.sub(r"\1 ", MARKER.sub("", line))) for line in lines]
    if _is_one_a_line(lines, whole, is_marked=is_marked):
        return list(filter(None, map(_clean, whole)))
    parts = (part for line in whole for part in line.split(";"))
    names = (_clean(name) for part in parts for name in COMMA.split(part))
    return list(filter(None, names))


def _is_one_a_line(lines: list[str], whole: list[str], *, is_marked: bool) -> bool:
    """Whether people wrote a list: several lines, none goes on to a next, each is numbered or most
    begin a name by a word that offices are known by («VNPT Đắk Lắk, Chi nhánh …» does not).
    """
    begun = sum(bool(BEGINNING.match(name)) for name in whole)
    if len(lines) < 2 or not (is_marked or begun * 2 >= len(lines)):
        return False
    return not any(
        line.endswith(",") or ":" in line or ";" in name[:-1]
        for line, name in zip(lines, whole, strict=True)
    )


def _whole_lines(text: str) -> list[str]:
    """Lines, each broken name joined again."""
    lines: list[str] = []
    for line in filter(None, map(squeeze, re.split(r"[\n\r\t]", text))):
        if lines and _continues(lines[-1], line):
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
