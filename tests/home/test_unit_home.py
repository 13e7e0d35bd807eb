"""The home of the people of a unit: progress, track, points over years, news, papers, reminders."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from awards.decisions.models import Decision
from blocs.conferences.models import Conference
from blocs.ranking.models.past_years import past_years
from blocs.ranking.models.proofs import seal_ranking
from blocs.reports.models import Report, Score
from blocs.reports.models.sheets import read_sheet
from blocs.states import ReportState, SeatRole, YearState
from blocs.years.models import BlocYear, Registration
from tests.factories.blocs import ReportFactory, fill, small_table, year_with_members
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.factories.placed import placed_year
from thidua.common.activity import record

pytestmark = pytest.mark.django_db
POINTS = {"A": "90.5", "B": "80", "C": "70.25"}


@pytest.fixture
def sealed():
    year = placed_year(POINTS)
    seal_ranking(year, timezone.now() - dt.timedelta(hours=1))
    return year


def home_of(client, user):
    client.force_login(user)
    answer = client.get(reverse("home:tasks"))
    return answer.context["unit_home"], answer.content.decode()


def unit_called(year, name):
    return year.members.get(unit__name=name).unit


def test_points_of_a_sealed_year_stand_on_the_home_of_its_members_with_the_band(client, sealed):
    home, text = home_of(client, editor_of(unit_called(sealed, "B")))
    assert home.points.rows == [("2026", "80", "hạng 2/3", "70,25", "90,5")]
    assert home.strip.own.text == "80"
    assert [row[1] for row in home.strip.rows] == ["90,5", "80", "70,25"]
    assert "hạng 2/3" in text


def test_points_that_are_not_sealed_are_on_no_home(client):
    year = placed_year(POINTS)
    for user in (editor_of(unit_called(year, "B")), leader_of(year.head)):
        home, text = home_of(client, user)
        assert (home.points.rows, home.strip) if home.points else True
        assert "90,5" not in text
        assert "70,25" not in text


def test_only_members_and_the_province_see_the_years_of_a_unit(sealed):
    unit = unit_called(sealed, "A").pk
    other = year_with_members(3)
    bloc_office = official(SeatRole.OFFICE, sees_only=[other.bloc_id])
    blind = (editor_of(other.head), leader_of(UnitFactory()), bloc_office)
    assert [past_years(unit, user) for user in blind] == [[], [], []]
    assert past_years(unit, official(SeatRole.SYSADMIN)) == []
    seeing = (editor_of(unit_called(sealed, "C")), official(SeatRole.OFFICE))
    for user in (*seeing, official(SeatRole.COUNCIL), official(SeatRole.CHAIR)):
        (found,) = past_years(unit, user)
        assert (found.place_words, found.own.points) == ("hạng 1/3", Decimal("90.5"))
    # Sealed while a sheet was not agreed it would tell what the page of the ranking hides.
    seal = sealed.ranking_seals.get()
    seal.proof["is_agreed"] = False
    seal.save()
    assert past_years(unit, seeing[0]) == []


def test_only_the_last_seal_of_a_year_counts_and_the_home_of_another_bloc_tells_nothing(
    client, sealed
):
    report = Report.objects.get(unit__name="C")
    report.scores.update(self_points=95, appraised_points=95)
    seal_ranking(sealed, timezone.now(), reason="Theo kết luận thanh tra")
    home, _ = home_of(client, editor_of(unit_called(sealed, "B")))
    assert home.points.rows == [("2026", "80", "hạng 3/3", "80", "95")]
    home, text = home_of(client, editor_of(year_with_members(3).deputy))
    assert (home.points, home.strip, "90,5" in text) == (None, None, False)
    assert "Chưa có năm nào của đơn vị được chốt xếp hạng" in text


def drafted(filled):
    year = year_with_members(4)
    unit = year.members.last().unit
    table = small_table(year)
    report = ReportFactory(bloc_year=year, unit=unit, table=table, self_total=Decimal("8.5"))
    fill(report, Decimal("8.5"))
    for number, score in enumerate(list(report.scores.order_by("pk"))[filled:]):
        # A row without an answer is as empty as none.
        if number % 2:
            score.delete()
        else:
            Score.objects.filter(pk=score.pk).update(self_points=None, value=None, facts={})
    return report


@pytest.mark.parametrize("filled", (0, 1, 3))
def test_the_bar_tells_what_the_sheet_says_is_missing(client, filled):
    report = drafted(filled)
    rows = [row for row in read_sheet(report).rows if row.needs_answer]
    done = sum(row.is_filled for row in rows)
    home, text = home_of(client, editor_of(report.unit))
    told = f"{done}/{len(rows)} tiêu chí đã chấm, tạm tính 8,5 điểm"
    assert (home.progress.done, home.progress.most) == (done, len(rows))
    assert home.progress.words == told
    assert told in text
    assert len(rows) - len(read_sheet(report).missing()) == done
    # The own score of the year that goes on is an open point.
    (mark,) = home.points.marks
    assert (mark.is_open, mark.text, mark.under) == (True, "8,5", "tự chấm")
    # Somebody else's bar: another unit of the bloc has not begun.
    other, _ = home_of(client, editor_of(report.bloc_year.deputy))
    assert (other.progress, other.points) == (None, None)


def test_the_head_sees_who_has_not_sent_and_a_text_that_reminds_them(client):
    year = year_with_members(4)
    year.head.short_name = "Sở X"
    year.head.save()
    ReportFactory(
        bloc_year=year, unit=year.deputy, table=small_table(year), submitted=True,
        state=ReportState.SUBMITTED,
    )  # fmt: skip
    home, text = home_of(client, leader_of(year.head))
    names = sorted(row.unit.short_name for row in year.members.exclude(unit=year.deputy))
    assert (home.sending.sent, home.sending.most) == (1, 4)
    assert sorted(home.sending.lacking) == names
    assert "03 đơn vị chưa nộp báo cáo" in home.sending.reminder
    assert "hạn nộp hết ngày 10/12/2026" in home.sending.reminder
    assert "1/4 đã nộp" in text
    member, text = home_of(client, editor_of(year.members.last().unit))
    assert (member.sending, "đã nộp</h2>" in text) == (None, False)
    BlocYear.objects.update(state=YearState.IN_PROGRESS)
    early, _ = home_of(client, leader_of(year.head))
    assert early.sending is None


def test_news_are_moves_of_what_one_reads_and_papers_have_their_state(client):
    year = year_with_members(4)
    mine, other = (row.unit for row in list(year.members.all())[2:])
    author = leader_of(mine)
    for unit in (mine, other):
        row = Registration(bloc_year=year, unit=unit, state="signed", content="Chỉ tiêu")
        row.signed_at = timezone.now()
        row.save()
        record(author, "years.sign", row, label=f"Ký của {unit.code}", to_state="signed")
        record(author, "years.save", row, label=f"Lưu của {unit.code}")
    home, text = home_of(client, editor_of(mine))
    assert [line.label for line in home.news] == [f"Ký của {mine.code}"]
    assert [(one.label, one.state) for one in home.papers] == [
        ("Đăng ký thi đua năm 2026", "Đã đăng ký")
    ]
    assert f"Ký của {other.code}" not in text


def test_a_unit_without_a_year_reads_why_its_page_is_empty(client):
    home, text = home_of(client, editor_of(UnitFactory()))
    assert home.year is None
    assert "Đơn vị chưa có tên trong năm thi đua nào" in text


def test_the_chosen_year_is_shown_and_without_it_the_newest(client, sealed):
    user = editor_of(unit_called(sealed, "A"))
    home, _ = home_of(client, user)
    assert (home.year.pk, len(home.steps)) == (sealed.pk, 11)
    BlocYear.objects.filter(pk=sealed.pk).update(state=YearState.ARCHIVED)
    client.post(reverse("home:choose_year"), {"year": "2021", "next": "/"})
    answer = client.get("/")
    assert answer.context["unit_home"].year.pk == sealed.pk


@pytest.mark.parametrize("years", (1, 3))
def test_the_home_of_a_drafting_unit_costs_the_same_for_many_years(
    client, years, django_assert_num_queries
):
    report = drafted(1)
    unit = report.unit
    for number in range(years):
        past = placed_year(POINTS)
        BlocYear.objects.filter(pk=past.pk).update(year=2020 + number, state=YearState.ARCHIVED)
        past.members.filter(unit__name="B").update(unit=unit)
        past.reports.filter(unit__name="B").update(unit=unit)
        seal_ranking(BlocYear.objects.get(pk=past.pk), timezone.now())
    ContentType.objects.get_for_models(BlocYear, Conference, Registration, Report, Decision)
    client.force_login(editor_of(unit))
    with django_assert_num_queries(9):
        home = client.get("/").context["unit_home"]
    assert len(home.points.marks) == years + 1
