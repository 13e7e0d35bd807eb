"""Where each default of a year's rules comes from, by the field of the rules.

A text where one says so, else a practice that was published, else our own proposal: then the
sentence says that no common text exists, so that nobody takes a number for law.
"""

QUORUM = "Quyết định 500/QĐ-TTg ngày 12/6/2024 (quy chế Hội đồng Thi đua - Khen thưởng Trung ương)"
MAJORITY = "Nghị định 98/2023/NĐ-CP, Điều 47, 48 (hội đồng làm việc theo đa số)"
QUANG_NINH = "cách làm đã công bố: Quyết định 1174/QĐ-UBND ngày 19/4/2017 của UBND tỉnh Quảng Ninh"
HEADS = (
    "cách làm đã công bố của các tỉnh: đơn vị đứng đầu chủ trì thẩm định, một đơn vị phó giúp việc"
)
OURS = "phần mềm đề xuất, không có văn bản chung; ghi theo quy chế của khối"

SOURCES = {
    "decimals": OURS,
    "empty_is_zero": OURS,
    "part_year": OURS,
    "quorum_numerator": QUORUM,
    "quorum_denominator": QUORUM,
    "signature_numerator": OURS,
    "signature_denominator": OURS,
    "vote_threshold": MAJORITY,
    "vote_is_strict": MAJORITY,
    "vote_base": OURS,
    "deputies": HEADS,
    "flags": QUANG_NINH,
    "certificate_share": QUANG_NINH,
    "certificate_base": QUANG_NINH,
    "rounding": OURS,
    "counted_submission": OURS,
    "late_grace_days": OURS,
    "late_after_grace": OURS,
    "late_in_working_days": OURS,
    "appraisal_mode": HEADS,
    "scorers_per_sheet": OURS,
    "rounds": OURS,
    "round_mode": OURS,
    "level_mode": OURS,
    "is_blind": OURS,
    "appeal_days": OURS,
    "deviation_share": OURS,
    "spread_share": OURS,
    "tie_last": OURS,
}

# What a bloc without an earlier year begins with where that is not the default of the column.
FIRST_RULES = {"vote_is_strict": True}


def source_sentence(field: str, words: str) -> str:
    """«Mặc định: 2/3. Nguồn: …», to stand under the field; `words` is the default in words."""
    return f"Mặc định: {words}. Nguồn: {SOURCES[field]}."
