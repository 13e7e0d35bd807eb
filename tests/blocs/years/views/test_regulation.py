"""The scoring regulation of a year, its difference from last year's, and the what-if."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.criteria.models import ScoringTable
from blocs.criteria.models.regulation_changes import regulation_changes
from blocs.reports.models import Report
from blocs.states import SeatRole, TableState, YearState
from blocs.years.domain.scoring_words import BLIND
from blocs.years.models import BlocYear, Regulation
from blocs.years.models.regulation import scoring_parts
from tests.factories.blocs import ReportFactory, fill, regulate, small_table, year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.house.visits import contents
from tests.page_forms import save
from tests.papers.reading import tables_of
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
FORM = {
    "band_0": "Xuất sắc",
    "band_0_total": "90",
    "band_0_deduction": "0,5",
    "band_1": "Tốt",
    "band_1_total": "80,5",
    "late_per_day": "0,5",
    "late_grace_days": "2",
    "late_in_working_days": "on",
    "appraisal_mode": "pairs",
    "scorers_per_sheet": "2",
    "rounds": "1",
    "round_mode": "mean",
    "level_mode": "agreed",
    "appeal_days": "5",
    "deviation_share": "20",
    "spread_share": "2",
}


EXTREMES = "Chấm 01 vòng. Lấy trung bình, bỏ một điểm cao nhất và một điểm thấp nhất."


def page(year, name="years:scoring_rules"):
    return reverse(name, args=(year.pk,))


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


@pytest.fixture
def two_years():
    """A bloc's closed year with agreed points and the next one with a draft table."""
    past = year_with_members(3, year=2025, state=YearState.RANKED)
    table = small_table(past)
    for member, points in zip(past.members.all(), ("9.5", "8", "7"), strict=True):
        report = ReportFactory(bloc_year=past, unit=member.unit, table=table, submitted=True)
        fill(report, Decimal(points))
        report.scores.filter(criterion__kind="deduction").delete()
        report.scores.update(
            self_points=1, appraised_points=Decimal(points), appraisal_reason="Chấm lại."
        )
        Report.objects.filter(pk=report.pk).update(state="agreed", appraised_total=Decimal(1))
    year = year_with_members(3, year=2026, bloc=past.bloc)
    draft = small_table(year)
    ScoringTable.objects.filter(pk=draft.pk).update(state=TableState.DRAFT)
    return past, year, ScoringTable.objects.get(pk=draft.pk)


def test_office_sets_the_rules_and_everybody_reads_them(office, client):
    year = year_with_members(3)
    answer = save(office, page(year, "years:scoring_rules_edit"), FORM)
    assert (answer.status_code, answer["Location"]) == (302, page(year))
    rules = Regulation.objects.get(bloc_year=year)
    assert rules.class_bands == [
        {"label": "Xuất sắc", "if": [["total", ">=", "90"], ["deduction", "<=", "0.5"]]},
        {"label": "Tốt", "if": [["total", ">=", "80.5"]]},
    ]
    assert (rules.late_per_day, rules.late_grace_days) == (Decimal("0.5"), 2)
    client.force_login(editor_of(year.head))
    parts = dict(client.get(page(year)).context["parts"])
    assert parts["Xếp loại"] == (
        "Xuất sắc: tổng điểm từ 90 trở lên, điểm trừ không quá 0,5.",
        "Tốt: tổng điểm từ 80,5 trở lên.",
    )
    assert parts["Thẩm định và kiến nghị"][0] == "Cách thẩm định: các đơn vị chấm chéo."


def test_form_shows_what_is_stored_and_keeps_conditions_it_cannot_show(office):
    year = year_with_members(3)
    band = {"label": "Tốt", "if": [["total", ">=", "90"], ["deduction", "<=", ["0.5", "bonus"]]]}
    regulate(year, class_bands=[band])
    html = office.get(page(year, "years:scoring_rules_edit")).content.decode()
    assert 'name="band_0_total" value="90"' in html
    save(office, page(year, "years:scoring_rules_edit"), FORM | {"band_0": "Tốt", "band_1": "Khá"})
    stored = Regulation.objects.get(bloc_year=year).class_bands[0]
    assert stored == {
        "label": "Tốt",
        "if": [
            ["total", ">=", "90"],
            ["deduction", "<=", "0.5"],
            ["deduction", "<=", ["0.5", "bonus"]],
        ],
    }


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"band_2_total": "5"}, "band_2", "Vui lòng ghi tên mức xếp loại."),
        ({"late_per_day": "abc"}, "late_per_day", None),
        ({"late_per_day": "-1"}, "last_on", "Điểm trừ mỗi ngày phải lớn hơn 0."),
        ({"band_1": "Xuất sắc"}, None, "Mỗi mức xếp loại chỉ ghi một lần."),
    ],
)
def test_bad_rules_are_refused_where_they_stand(office, typed, field, sentence):
    year = year_with_members(3)
    answer = save(office, page(year, "years:scoring_rules_edit"), FORM | typed)
    errors = answer.context["form"].errors
    found = errors[field or "__all__"]
    assert sentence is None or found == [sentence]
    stored = Regulation.objects.get(bloc_year=year)
    assert (stored.class_bands, stored.late_per_day) == ([], None)
    for name, value in typed.items():
        assert f'value="{value}"' in answer.content.decode(), name


def test_rules_stay_once_the_places_are_settled(office):
    year = year_with_members(3, state=YearState.RANKED)
    answer = save(office, page(year, "years:scoring_rules_edit"), FORM)
    assert answer.context["form"].errors["__all__"] == [
        "Xếp hạng của năm đã chốt, quy định không sửa nữa."
    ]
    assert office.get(page(year)).context["may_edit"] is False


def test_log_book_tells_the_rules_in_words(office):
    year = year_with_members(3)
    save(office, page(year, "years:scoring_rules_edit"), FORM)
    entry = ActivityEntry.objects.filter(action="years.set_scoring_rules").get()
    told = {change["field"]: change["after"] for change in entry.changes}
    assert told["mức xếp loại"] == (
        "Xuất sắc: tổng điểm từ 90 trở lên, điểm trừ không quá 0,5. Tốt: tổng điểm từ 80,5 trở lên."
    )


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("0", "Không nhận kiến nghị về điểm thẩm định."),
        ("", "Không nhận kiến nghị về điểm thẩm định."),
        ("1", "Đơn vị kiến nghị về điểm thẩm định trong 01 ngày làm việc kể từ khi có điểm."),
    ],
)
def test_no_days_for_objections_are_told_as_none(office, days, sentence):
    year = year_with_members(3)
    save(office, page(year, "years:scoring_rules_edit"), FORM | {"appeal_days": days})
    parts = dict(scoring_parts(Regulation.objects.get(bloc_year=year)))
    assert parts["Thẩm định và kiến nghị"][-1] == sentence
    shown = " ".join(office.get(page(year)).content.decode().split())
    assert (sentence in shown, "trong 00 ngày" in shown) == (True, False)


@pytest.mark.parametrize(
    ("mode", "rounds", "told"),
    [
        ("head", 1, ()),
        ("bodies", 1, ()),
        ("group", 1, (EXTREMES, BLIND)),
        ("group", 2, (f"{EXTREMES[:5]}02{EXTREMES[7:]}", BLIND)),
        ("pairs", 1, (EXTREMES, BLIND)),
    ],
)
def test_whoever_marks_together_reads_how_the_marks_become_one(client, mode, rounds, told):
    """Several units of a group mark one sheet as pairs do, also in one round."""
    year = year_with_members(3)
    stated = {"round_mode": "mean_without_extremes", "rounds": rounds, "deviation_share": "12.5"}
    regulate(year, appraisal_mode=mode, **stated)
    client.force_login(editor_of(year.head))
    sentences = dict(client.get(page(year)).context["parts"])["Thẩm định và kiến nghị"]
    assert tuple(one for one in sentences if one.startswith("Chấm") or "người khác" in one) == told
    assert any(one.startswith("Điểm chênh quá 12,5% điểm tối đa") for one in sentences)


def test_next_year_begins_with_the_whole_regulation_but_its_last_day(office, two_years):
    _, year, _ = two_years
    regulate(year, appeal_days=7, flags=3, is_blind=False, last_on=date(2026, 12, 20))
    office.post(reverse("years:year_new"), {"bloc": year.bloc_id, "year": "2027"})
    rules = Regulation.objects.get(bloc_year__year=2027)
    said = (rules.appeal_days, rules.flags, rules.is_blind, rules.last_on)
    assert said == (7, 3, False, None)


def test_five_changes_are_five_lines(client, two_years):
    past, year, draft = two_years
    leaf = draft.criteria.get(kind="direct")
    leaf.name, leaf.needs_evidence = "Thu ngân sách trên địa bàn", True
    leaf.save()
    draft.bonus_cap = Decimal(7)
    draft.save()
    regulate(year, appeal_days=7, flags=2)
    years = [BlocYear.objects.get(pk=one.pk) for one in (past, year)]
    assert [change.what for change in regulation_changes(*years)] == [
        "trần điểm thưởng",
        "nội dung",
        "minh chứng",
        "quy định",
        "thẩm định và kiến nghị",
    ]
    client.force_login(leader_of(year.head))
    answer = client.get(page(year, "criteria:rule_changes"))
    assert (answer.context["other"], len(answer.context["changes"])) == (past, 5)


def test_comparison_costs_the_same(client, two_years, django_assert_max_num_queries):
    _, year, _ = two_years
    client.force_login(leader_of(year.head))
    client.get(page(year, "criteria:rule_changes"))
    with django_assert_max_num_queries(12):
        client.get(page(year, "criteria:rule_changes"))


def test_stranger_does_not_find_the_rules(client, two_years):
    _, year, draft = two_years
    client.force_login(leader_of(year_with_members(3).head))
    for name in ("years:scoring_rules", "criteria:rule_changes", "criteria:rule_changes_paper"):
        assert client.get(page(year, name)).status_code == 404
    assert client.get(reverse("ranking:what_if", args=(draft.pk,))).status_code == 404


def test_what_if_shows_who_moves_and_writes_nothing(office, two_years):
    _, _, draft = two_years
    url = reverse("ranking:what_if", args=(draft.pk,))
    office.get(url)
    before = contents()
    answer = office.get(url)
    assert contents() == before
    rows = answer.context["rows"]
    assert [row["words"] for row in rows] == ["giữ hạng"] * 3
    assert [row["new_place"] for row in rows] == [1, 2, 3]
    rule = answer.context["rule"]
    assert rule.startswith("Khi bằng tổng điểm, xét lần lượt: ")
    assert "Số liệu in đến 2 chữ số thập phân, phần bằng hoặc quá nửa làm tròn lên" in rule
    assert rule in answer.content.decode()


def test_what_if_scales_points_by_judgement_and_says_what_asks_something_else(office, two_years):
    """The units typed 9,5, 8 and 7 of 50 themselves, and nobody gave them other points."""
    past, _, draft = two_years
    for report in past.reports.all():
        scores = report.scores.filter(criterion__kind="direct")
        for score in scores:
            score.self_points, score.appraisal_reason = score.appraised_points, ""
            score.value = score.appraised_points
            score.save()
    url = reverse("ranking:what_if", args=(draft.pk,))
    before = [row["new_total"] for row in office.get(url).context["rows"]]
    leaf = draft.criteria.get(kind="direct")
    draft.criteria.filter(pk=leaf.pk).update(max_points=leaf.max_points * 2)
    answer = office.get(url)
    after = [row["new_total"] for row in answer.context["rows"]]
    gained = [number(new) - number(old) for new, old in zip(after, before, strict=True)]
    assert (gained, answer.context["anew"]) == ([Decimal("9.5"), 8, 7], 0)
    assert not any(row["questions"] for row in answer.context["rows"])
    draft.criteria.filter(pk=leaf.pk).update(kind="pass_fail", rule={})
    answer = office.get(url)
    assert [row["new_total"] for row in answer.context["rows"]] == after
    assert "1 tiêu chí đổi cách chấm" in answer.content.decode()


def number(printed):
    return Decimal(printed.replace(".", "").replace(",", "."))


def test_what_if_is_for_those_who_draft(client, two_years):
    _, year, draft = two_years
    client.force_login(editor_of(year.members.last().unit))
    assert client.get(reverse("ranking:what_if", args=(draft.pk,))).status_code == 403


@pytest.mark.parametrize(
    ("way", "places", "notes"),
    [
        ("full", [1, 2, 3], " (04/12 tháng), so sánh đầy đủ như đơn vị tham gia cả năm."),
        ("by_months", [1, 2, 3], ", so sánh theo 04/12 tháng."),
        (
            "not_ranked",
            [1, 2, "–"],
            " (04/12 tháng); đơn vị tham gia không trọn năm không xếp hạng theo quy định của năm.",
        ),
    ],
)
def test_what_if_compares_a_unit_of_part_of_the_year_by_the_rule(
    office, two_years, way, places, notes
):
    past, year, draft = two_years
    first = past.members.first()
    past.members.filter(pk=first.pk).update(joined_on=date(2025, 9, 1))
    regulate(year, part_year=way)
    rows = office.get(reverse("ranking:what_if", args=(draft.pk,))).context["rows"]
    assert [row["new_place"] for row in rows] == places
    (told,) = [row for row in rows if row["note"]]
    assert (told["unit"], told["note"]) == (first.unit.name, f"Tham gia từ 01/09/2025{notes}")
    assert rows.index(told) == (0 if way == "full" else 2)


def test_what_if_tells_who_wins_and_who_loses(office, two_years):
    past, _, draft = two_years
    units = [member.unit for member in past.members.all()]
    for unit, task, model in zip(units, (20, 8, 2), (2, 5, 15), strict=True):
        scores = past.reports.get(unit=unit).scores.filter(criterion__code="1")
        scores.filter(criterion__parent__code="I").update(appraised_points=task)
        scores.filter(criterion__parent__code="II").update(value=3, appraised_points=model)
    draft.criteria.filter(code="1", parent__code="II").update(max_points=300)
    (rows,) = tables_of(office.get(reverse("ranking:what_if", args=(draft.pk,))))
    first, second, third = units
    assert rows[1:] == [
        [third.name, "2", "31,00", "1", "166,00", "+135,00", "lên 1 hạng"],
        [second.name, "3", "29,00", "2", "74,00", "+45,00", "lên 1 hạng"],
        [first.name, "1", "41,00", "3", "59,00", "+18,00", "xuống 2 hạng"],
    ]
