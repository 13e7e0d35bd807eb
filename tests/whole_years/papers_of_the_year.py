"""The papers of the year of bad luck, parsed: each tells the facts of its own day and no others."""

import re

from thidua.papers.models import Paper

AWARDED = ("CT", "XD", "TC")
# Before and after the correction: the unit that was voted a certificate falls behind another.
FIRST, SECOND = (
    {"KHCN": ("85,30", "5"), "TC": ("86,10", "4")},
    {
        "KHCN": ("85,30", "4"),
        "TC": ("85,10", "5"),
    },
)
SEALED_AGAIN = "Chốt lại lần 2 lúc 10:00 04/01/2027. Lý do: Theo bản đính chính của Sở Tài chính."


def stored(desk, kind):
    """The texts of all stored papers of a kind, in the order in which they were stored."""
    papers = Paper.objects.filter(kind=kind).order_by("pk")
    return [desk.pdf(f"/van-ban/{paper.pk}/") for paper in papers]


def head_of(text):
    """Number and day in the head of a paper."""
    number = re.search(r"Số: (\S+)", text)
    day = re.search(r"ngày (\d+) tháng (\d+) năm (\d{4})", text)
    return number and number[1], tuple(map(int, day.groups()))


def results_in(text, names, keys):
    """Total and place behind the name of each unit in a table of points."""
    found = {}
    for key in keys:
        row = re.search(rf"\d {re.escape(names[key])} ((?:[−\d]+,\d+ )+)(\d+)", text)
        found[key] = (row[1].split()[-1], row[2])
    return found


def agreed_in(text, names, keys):
    """The same in minutes, where the place stands before the name."""
    rows = {key: re.search(rf"(\d) {names[key]} [\d,]+ ([\d,]+)", text) for key in keys}
    return {key: (row[2], row[1]) for key, row in rows.items()}


def proposed_in(text, names):
    """Points, votes and rate of each unit of the list, in the order of the list."""
    annex = text.partition("DANH SÁCH TẬP THỂ")[2]
    keys = {name: key for key, name in names.items()}
    listed = "|".join(map(re.escape, sorted(keys, key=len, reverse=True)))
    rows = re.findall(rf"\d ({listed}) ([\d,]+) (\d+/\d+) \(([\d,]+)%\)", annex)
    return [(keys[name], *figures) for name, *figures in rows]


def awarded_in(text, names):
    """The units of the list of a decision, in its order."""
    annex = text.partition("DANH SÁCH TẬP THỂ")[2]
    keys = {name: key for key, name in names.items()}
    listed = "|".join(map(re.escape, sorted(keys, key=len, reverse=True)))
    return [keys[name] for name in re.findall(rf"\d ({listed})", annex)]


def votes_in(text, names):
    """Votes for each unit of counting minutes, in the order of the table."""
    table = text.partition("Không đồng ý")[2]
    keys = {name: key for key, name in names.items()}
    listed = "|".join(map(re.escape, sorted(keys, key=len, reverse=True)))
    rows = re.findall(rf"\d ({listed}) .*?(\d+)/08 (\d+) [\d,]+", table)
    return [(keys[name], int(votes), int(against)) for name, votes, against in rows]


def amendment_tells_its_day(desk, names):
    """June: signed by the head since May, with what was and what is."""
    (notice,) = stored(desk, "rules_amendment")
    assert head_of(notice)[1] == (15, 6, 2026)
    assert "Căn cứ Quyết định số 15/QĐ-KTĐ6 ngày 10/06/2026;" in notice
    assert f"KHỐI TRƯỞNG GIÁM ĐỐC {names['XD'].upper()}" in notice
    rows = re.findall(r"\d (Tỷ lệ [^\d]+?) ([\d/,]+) ([\d/,]+)(?= )", notice)
    assert rows == [
        ("Tỷ lệ chữ ký giao ước", "3/4", "1/1"),
        ("Tỷ lệ phiếu tối thiểu (%)", "50", "60"),
    ]


def counting_minutes_tell_their_day(desk, names):
    """December votes by the share of June, among the units of December."""
    papers = stored(desk, "counting_minutes")
    assert [votes_in(paper, names) for paper in papers] == [
        [("NNMT", 8, 0), ("CT", 8, 0), ("XD", 7, 1), ("TC", 7, 1)],
        [("NNMT", 2, 6), ("CT", 6, 2)],
        [("CT", 8, 0)],
        [("QD", 8, 0)],
    ]
    for paper in papers:
        members = re.search(r"Số đơn vị thành viên: (\d+); số đại biểu có mặt, .*?: (\d+)\.", paper)
        assert members.groups() == ("08", "08")
        assert ("60%" in paper, names["KCN"] in paper) == (True, False)


def ranking_tells_both_seals(desk, base, names):
    """The minutes keep the first set; the summary prints the second, and says what was before."""
    (minutes,) = stored(desk, "minutes")
    summary = desk.pdf(f"{base}xep-hang/bang-tong-hop.pdf")
    assert agreed_in(minutes, names, FIRST) == FIRST
    assert results_in(summary, names, SECOND) == SECOND
    assert (SEALED_AGAIN in summary, "Chốt lại" in minutes) == (True, False)
    (told,) = re.findall(
        rf"{names['TC']}: chốt lần 1 ([\d,]+) điểm, hạng (\d)(?:, xếp loại [^;]+)?; "
        r"chốt lần 2 ([\d,]+) điểm, hạng (\d)",
        summary,
    )
    assert told == (*FIRST["TC"], *SECOND["TC"])


def submission_tells_its_day(desk, names):
    """January: the corrected points beside the votes of December."""
    (paper,) = stored(desk, "submission")
    assert head_of(paper) == ("07/TTr-KTĐ6", (5, 1, 2027))
    assert proposed_in(paper, names) == [
        ("CT", "99,50", "06/08", "75,0"),
        ("XD", "87,40", "07/08", "87,5"),
        ("TC", SECOND["TC"][0], "07/08", "87,5"),
    ]
    assert SEALED_AGAIN in paper
    assert f"KHỐI TRƯỞNG GIÁM ĐỐC {names['XD'].upper()}" in paper
    assert f"{names['KCN']} thôi tham gia từ 01/07/2026" in paper
    assert f"{names['QD']} tham gia từ 01/09/2026" in paper


def decision_tells_its_day(desk, names):
    """Who was proposed is awarded, under the names of the year."""
    (paper,) = stored(desk, "decision")
    assert head_of(paper) == ("123/QĐ-UBND", (20, 1, 2027))
    assert awarded_in(paper, names) == list(AWARDED)
    (given,) = re.findall(r"Tặng (.+?), đã có thành tích", paper)
    assert re.findall(r"cho (\d+) tập thể", given) == ["01", "02"]
