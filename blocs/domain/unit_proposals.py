"""What the product proposes for a unit of which only the name is known; people change it."""

import re
from collections.abc import Collection

from thidua.common.text import words

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
