"""A signed year stays what it was: moved days, holidays and rules change none of its points."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from blocs.conferences.models import Conference
from blocs.ranking.documents.seal_words import AGAIN, KEPT
from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.ranking.models import RankingSeal
from blocs.ranking.models.rankings import ranking_of
from blocs.ranking.models.results import ASK_OFFICE
from blocs.reports.actions.versions import rectify_sheet
from blocs.reports.domain.sheet_versions import RectifiedRow
from blocs.states import ConferenceState, ReportState, SeatRole
from blocs.years.actions.editing import edit_year
from blocs.years.actions.regulation import set_rules
from blocs.years.models import BlocYear, Holiday, Regulation
from tests.factories.blocs import ReportFactory, fill, regulate, small_table, year_with_members
from tests.factories.conferences import START, add_agenda, conference_of, count
from tests.factories.grounds import GROUNDS
from tests.factories.people import leader_of, official
from tests.inference.worlds import as_html
from tests.page_forms import fields_of, save
from thidua.common.basis import CHANGED, MOVED_AGAIN
from thidua.common.models import ActivityEntry
from thidua.common.vietnamese.dates import moment_words

pytestmark = pytest.mark.django_db
D = Decimal
QUORUM = {"quorum_numerator", "quorum_denominator"}
VOTES = {"vote_threshold", "vote_is_strict", "vote_base", "deputies", "flags"}
# A Thursday; two units send their reports on the Tuesday after it: three working days late.
DUE, LATE = dt.date(2026, 12, 10), dt.date(2026, 12, 15)
BANDS = [
    {"label": "Xuất sắc", "if": [["total", ">=", "30"]]},
    {"label": "Tốt", "if": [["total", ">=", "20"]]},
    {"label": "Khá", "if": []},
]


def at(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))


def appraised_year():
    """Three units; the second and third lose a point for each working day they were late."""
    year = year_with_members(3, report_due=DUE)
    regulate(year, late_per_day=D(1), class_bands=BANDS)
    table = small_table(year, settings={"disqualifiers": GROUNDS})
    members = year.members.order_by("order")
    for member, points, day in zip(members, ("8", "9", "7"), (DUE, LATE, LATE), strict=True):
        report = ReportFactory(
            bloc_year=year,
            unit=member.unit,
            table=table,
            state=ReportState.APPRAISED,
            first_submitted_at=at(day),
            submitted_at=at(day),
            appraised_total=D(0),
        )
        fill(report, D(points), D(points))
        report.scores.filter(criterion__code="IV").delete()
    return year


@pytest.fixture
def signed(client):
    """The year after its minutes were signed through the page."""
    year = appraised_year()
    conference = conference_of(
        year,
        state=ConferenceState.COUNTED,
        next_head=year.deputy,
        next_head_basis="bầu chọn tại hội nghị",
    )
    add_agenda(conference, ("Biểu quyết", "03/03 đơn vị giơ tay đồng ý.", ""))
    client.force_login(leader_of(year.head))
    day = f"{START:%d/%m/%Y}"
    typed = {"number": "6", "ended_day": day, "ended_time": "16:45", "approvals": "3"}
    answer = client.post(reverse("conferences:minutes_sign", args=(year.pk,)), typed)
    assert answer.status_code == 302
    return fresh(year)


def fresh(year):
    return BlocYear.objects.select_related("bloc", "regulation").get(pk=year.pk)


def results(year):
    return [
        (row.unit.pk, row.given.total, row.placed.place, row.judged.class_label)
        for row in ranking_of(fresh(year)).rows
    ]


def expected(year):
    """8, 9 and 7 points at each of four leaves, three days late where one was late."""
    units = [member.unit_id for member in year.members.order_by("order")]
    return [
        (units[1], D("33"), 1, "Xuất sắc"),
        (units[0], D("32"), 2, "Xuất sắc"),
        (units[2], D("25"), 3, "Tốt"),
    ]


def test_before_the_signing_a_holiday_counts(client):
    year = appraised_year()
    first = results(year)
    Holiday.objects.create(day=DUE + dt.timedelta(days=1), name="Nghỉ")
    assert [total for _, total, _, _ in results(year)] == [
        total + (unit != year.head_id) for unit, total, _, _ in first
    ]


def test_days_and_rules_that_change_later_change_no_point(client, signed):
    kept = results(signed)
    assert kept == expected(signed)
    # The calendar of the province goes on, and somebody reaches the rows behind the forms.
    Holiday.objects.create(day=DUE + dt.timedelta(days=1), name="Nghỉ")
    BlocYear.objects.filter(pk=signed.pk).update(report_due=LATE)
    Regulation.objects.filter(bloc_year=signed).update(
        late_per_day=D(5), class_bands=[], tie_rules=["class_first"]
    )
    assert results(signed) == kept


def test_the_seal_is_a_proof_of_its_own_and_the_page_says_what_is_kept(client, signed):
    seal = RankingSeal.objects.get(bloc_year=signed)
    client.force_login(official(SeatRole.OFFICE))
    proof = client.get(reverse("ranking:ranking_proof", args=(signed.pk,)) + "?lan=1")
    again = check_proof(read_proof(proof.content.decode()))
    assert [one.sentence for one in again.mismatches] == []
    assert [(row["place"], row["total"]) for row in again.rows] == [
        (1, "33"),
        (2, "32"),
        (3, "25"),
    ]
    sentences = client.get(reverse("ranking:ranking", args=(signed.pk,))).context["sealed"]
    assert sentences == [KEPT.format(moment_words(seal.sealed_at))]


def test_the_sealed_paper_costs_eleven_queries(
    client, signed, monkeypatch, django_assert_num_queries
):
    """The seal holds rules, days and grounds: none of them is asked for again."""
    monkeypatch.setattr("thidua.papers.views.pdf_soon", as_html)
    client.force_login(official(SeatRole.OFFICE))
    url, name = reverse("ranking:ranking_paper", args=(signed.pk,)), signed.head.name
    client.get(url)
    with django_assert_num_queries(11):
        assert name in client.get(url).content.decode()


def changed_by_the_ground(year):
    """The deputy loses two points, so that head and deputy change their places."""
    year.grounds.create(unit=year.deputy, code="minus", basis="KL 12", found_on=DUE)
    return (
        f"Căn cứ đã thay đổi: {year.head.name}: 32,00 điểm, hạng 2, xếp loại Xuất sắc → 32,00 điểm,"
        f" hạng 1, xếp loại Xuất sắc; {year.deputy.name}: 33,00 điểm, hạng 1, xếp loại Xuất sắc → "
        "31,00 điểm, hạng 2, xếp loại Xuất sắc."
    )


def ranking_page(client, year):
    return client.get(reverse("ranking:ranking", args=(year.pk,)))


def settle(client, year, **typed):
    return save(client, reverse("ranking:ranking_basis", args=(year.pk,)), typed)


def test_a_later_ground_stands_beside_the_sealed_result(client, signed):
    said = changed_by_the_ground(signed)
    client.force_login(official(SeatRole.OFFICE))
    page = ranking_page(client, signed)
    assert (page.context["basis"], results(signed)) == (
        [f"{said} {ASK_OFFICE}"],
        expected(signed),
    )
    # The places are not fixed before the office has settled it.
    client.force_login(leader_of(signed.head))
    move = reverse("years:year_move", args=(signed.pk, "rank"))
    assert client.post(move).context["obstacles"] == [f"{said} {ASK_OFFICE}"]


def test_the_office_keeps_the_sealed_result_with_a_reason(client, signed):
    said = changed_by_the_ground(signed)
    office = official(SeatRole.OFFICE)
    client.force_login(office)
    assert settle(client, signed, way="keep", reason="").status_code == 422
    assert settle(client, signed, way="keep", reason="Sự việc của năm 2027.").status_code == 302
    page = ranking_page(client, signed)
    assert (page.context["basis"], results(signed)) == ([], expected(signed))
    newest = ActivityEntry.objects.about(signed).first()
    assert (newest.actor, newest.note) == (office, "Sự việc của năm 2027.")
    told = [f"{row['field']}: {row['before']} → {row['after']}" for row in newest.changes]
    assert CHANGED.format("; ".join(told)) == said
    client.force_login(leader_of(signed.head))
    assert client.post(reverse("years:year_move", args=(signed.pk, "rank"))).status_code == 302


def test_the_office_seals_again_beside_the_first(client, signed):
    changed_by_the_ground(signed)
    client.force_login(official(SeatRole.OFFICE))
    assert settle(client, signed, way="again", reason="Theo Kết luận số 12.").status_code == 302
    units = [member.unit_id for member in signed.members.order_by("order")]
    assert results(signed)[:2] == [
        (units[0], D("32"), 1, "Xuất sắc"),
        (units[1], D("31"), 2, "Xuất sắc"),
    ]
    again = RankingSeal.objects.get(bloc_year=signed, number=2)
    page, label = ranking_page(client, signed), ", xếp loại Xuất sắc"
    head, deputy = signed.head.name, signed.deputy.name
    assert (page.context["basis"], page.context["sealed"][1:]) == (
        [],
        [
            AGAIN.format(2, moment_words(again.sealed_at), "Theo Kết luận số 12"),
            f"{head}: chốt lần 1 32,00 điểm, hạng 2{label}; chốt lần 2 32,00 điểm, hạng 1{label}.",
            f"{deputy}: chốt lần 1 33,00 điểm, hạng 1{label}; "
            f"chốt lần 2 31,00 điểm, hạng 2{label}.",
        ],
    )
    url = reverse("ranking:ranking_proof", args=(signed.pk,))
    first, newest = (
        [row["result"]["total"] for row in client.get(url + asked).json()["units"]]
        for asked in ("?lan=1", "")
    )
    assert (first, newest) == (["32", "33", "25"], ["32", "31", "25"])


def test_a_rectified_sheet_waits_for_the_office_too(client, signed):
    report, office = signed.reports.get(unit=signed.head), official(SeatRole.OFFICE)
    leaf = report.scores.order_by("pk").first().criterion
    rows = [RectifiedRow(leaf.pk, points=D("5"))]
    rectify_sheet(report, rows=rows, reason="Cộng nhầm.", actor=office)
    client.force_login(office)
    assert (ranking_page(client, signed).context["basis"], results(signed)) == (
        [
            f"Căn cứ đã thay đổi: {signed.head.name}: 32,00 điểm, hạng 2, xếp loại Xuất sắc → "
            f"29,00 điểm, hạng 2, xếp loại Tốt. {ASK_OFFICE}"
        ],
        expected(signed),
    )
    settle(client, signed, way="again", reason="Đính chính.")
    assert results(signed)[1] == (signed.head_id, D("29"), 2, "Tốt")


def test_what_changes_while_the_office_writes_is_shown_before_it_counts(client, signed):
    changed_by_the_ground(signed)
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("ranking:ranking_basis", args=(signed.pk,))
    typed = fields_of(client.get(url)) | {"way": "again", "reason": "Theo Kết luận số 12."}
    signed.grounds.create(unit=signed.head, code="minus", basis="KL 13", found_on=DUE)
    answer = client.post(url, typed)
    assert (answer.status_code, RankingSeal.objects.filter(bloc_year=signed).count()) == (409, 1)
    assert answer.context["form"].errors["reason"] == [MOVED_AGAIN]
    assert client.post(url, fields_of(answer)).status_code == 302


def test_the_last_day_of_a_signed_year_is_shown_and_not_moved(client, signed):
    office = official(SeatRole.OFFICE)
    client.force_login(office)
    url = reverse("years:year_edit", args=(signed.pk,))
    form = client.get(url).context["form"]
    assert (form.fields["report_due"].disabled, form.fields["report_due"].help_text) == (
        True,
        "Hạn nộp báo cáo đã dùng để tính điểm nộp chậm trong biên bản đã ký nên không sửa nữa.",
    )
    for data in ({"report_due": LATE}, {"report_hour": dt.time(17)}):
        with pytest.raises(ValidationError) as refusal:
            edit_year(signed, actor=office, data=data)
        assert list(refusal.value.message_dict) == ["report_due"]
    # Other days of the year still move.
    edit_year(signed, actor=office, data={"proposal_due": LATE})
    assert fresh(signed).proposal_due == LATE


def test_no_rule_of_a_signed_year_is_set(client, signed):
    office = official(SeatRole.OFFICE)
    with pytest.raises(ValidationError) as refusal:
        set_rules(signed, actor=office, data={"flags": 3})
    assert refusal.value.messages == [
        "Biên bản hội nghị tổng kết đã ký theo quy định này nên quy định của năm không sửa nữa."
    ]
    client.force_login(office)
    page = client.get(reverse("years:scoring_rules", args=(signed.pk,)))
    assert page.context["may_edit"] is False


@pytest.mark.parametrize(
    ("state", "has_votes", "closed"),
    [
        (ConferenceState.PREPARED, False, set()),
        (ConferenceState.OPEN, False, QUORUM | VOTES),
        (ConferenceState.OPEN, True, QUORUM | VOTES),
    ],
)
def test_rules_close_with_the_first_act_that_uses_them(client, state, has_votes, closed):
    year = year_with_members(3)
    conference = conference_of(year)
    if has_votes:
        papers = {"issued": 3, "returned": 3, "valid": 3, "invalid": 0}
        count(conference, "award", [(0, 3, 0, "flag")], **papers)
    Conference.objects.update(state=state)
    office = official(SeatRole.OFFICE)
    client.force_login(office)
    url = reverse("years:year_rules", args=(year.pk,))
    answer = client.get(url)
    fields = answer.context["form"].fields
    assert {name for name, field in fields.items() if field.disabled} == closed
    save(client, url, fields_of(answer) | {"certificate_share": "40", "flags": "2"})
    rules = Regulation.objects.get(bloc_year=year)
    assert (rules.certificate_share, rules.flags) == (D(40), 1 if closed else 2)
    for name in closed:
        with pytest.raises(ValidationError) as refusal:
            set_rules(year, actor=office, data={name: "9"})
        assert list(refusal.value.message_dict) == [name]
