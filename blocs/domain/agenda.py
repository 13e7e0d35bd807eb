"""The usual agenda of a closing conference (documents: model 1.9, content in order)."""

from blocs.enums import AgendaTopic


def standard_agenda(year: int, head_word: str, word: str) -> list[tuple[str, str]]:
    """Titles and topics proposed for a new agenda; `word` is khối or cụm."""
    return [
        (f"Báo cáo tổng kết phong trào thi đua năm {year}", AgendaTopic.TEXT),
        ("Kết quả chấm điểm, xếp hạng", AgendaTopic.SCORES),
        ("Thảo luận", AgendaTopic.TEXT),
        ("Bình xét, suy tôn, đề nghị khen thưởng", AgendaTopic.AWARD),
        (f"Chọn {head_word}, {word} phó năm {year + 1}", AgendaTopic.ELECTION),
        (f"Ký kết giao ước thi đua năm {year + 1}", AgendaTopic.TEXT),
    ]
