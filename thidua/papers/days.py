"""Time runs forward: no paper is of a day that has not come, none of a day before its basis."""

from datetime import date

from thidua.common.vietnamese.dates import short_date

LATER = "{paper} ghi ngày {day}, chưa đến ngày đó; hãy ghi ngày thực tế, không muộn hơn {today}."
BEFORE = "{paper} ghi ngày {day}, trước {basis} ngày {basis_day} là căn cứ của nó; hãy sửa ngày."


def day_faults(
    paper: str, day: date | None, today: date, *, basis: str = "", basis_day: date | None = None
) -> list[str]:
    """Why a paper may not be signed with this day, in sentences; nothing where it names no day.

    `paper` and `basis` are said as people say them («Tờ trình», «hội nghị tổng kết»); `today` is
    the day of the signing. Source: NĐ 30/2020, Phụ lục I – the date of a paper is that on which it
    is issued; what it rests on is there before.
    """
    if day is None:
        return []
    said = {"paper": paper, "day": short_date(day), "today": short_date(today)}
    if day > today:
        return [LATER.format(**said)]
    if basis_day and day < basis_day:
        return [BEFORE.format(**said, basis=basis, basis_day=short_date(basis_day))]
    return []
