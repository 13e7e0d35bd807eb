"""Lists of reports, one report, its texts and its moves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from blocs.reports.actions.reports import save_narrative
from blocs.reports.actions.scores import save_appraisal
from blocs.reports.models import Report
from blocs.states import SeatRole
from blocs.units.models import Bloc, Unit
from blocs.years.models import BlocYear
from tests.factories.blocs import BlocFactory, ReportFactory, fill, small_table, year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import DIRECT, given, in_state, member_report, submitted_report
from tests.page_forms import fields_of, save, seen_on
from thidua.common.activity import record
from thidua.common.log_book.openings import SHEET

pytestmark = pytest.mark.django_db
LIST, YEAR, DETAIL = 8, 7, 9


def page(name, *args):
    return reverse(f"reports:{name}", args=args)


def messages_of(answer):
    return [str(message) for message in answer.context["messages"]]


# One bloc year


def test_year_shows_every_member_and_tells_strangers_only_what_is_in(client):
    report = submitted_report(self_total="84.75")
    year = report.bloc_year
    draft = ReportFactory(bloc_year=year, unit=year.deputy, table=report.table, self_total=12)
    client.force_login(editor_of(year.deputy))
    rows = client.get(page("year_reports", year.pk)).context["rows"]
    found = [(row["role"], row["label"], row["own"], row["url"]) for row in rows]
    assert found == [
        ("Khối trưởng", "Chưa nộp", "", ""),
        ("Khối phó", "Nháp", "12,00 (chưa xong)", draft.get_absolute_url()),
        ("", "Đã nộp", "84,75", report.get_absolute_url()),
    ]
    client.force_login(editor_of(report.unit))
    context = client.get(page("year_reports", year.pk)).context
    found = [(row["label"], row["own"], row["url"]) for row in context["rows"]]
    assert (context["sent"], found) == (
        1,
        [
            ("Chưa nộp", "", ""),
            ("Chưa nộp", "", ""),
            ("Đã nộp", "84,75", report.get_absolute_url()),
        ],
    )
    in_state(report, "returned")
    assert client.get(page("year_reports", year.pk)).context["sent"] == 0


def test_appraised_total_is_hidden_from_the_unit_until_the_appraisal_ends(client):
    report = submitted_report()
    year = report.bloc_year
    head = leader_of(year.head)
    save_appraisal(report, rows=[given(report, DIRECT, "9", "Thiếu.")], actor=head)
    totals = []
    for person, state in (
        (head, "submitted"),
        (editor_of(report.unit), "submitted"),
        (editor_of(report.unit), "appraised"),
    ):
        in_state(report, state)
        client.force_login(person)
        rows = client.get(page("year_reports", year.pk)).context["rows"]
        facts = client.get(report.get_absolute_url()).context
        totals.append((rows[2]["given"], facts["shows_given"], facts["foot"].given))
    assert totals == [
        ("9,00 (chưa xong)", True, "9,00"),
        ("", False, ""),
        ("9,00", True, "9,00"),
    ]


def test_button_opens_the_report_of_the_own_unit(client):
    year = year_with_members(3)
    small_table(year)
    client.force_login(editor_of(year.deputy))
    rows = client.get(page("year_reports", year.pk)).context["rows"]
    assert [row["may_start"] for row in rows] == [False, True, False]
    answer = client.post(page("report_start", year.pk), {"unit": year.deputy_id}, follow=True)
    report = Report.objects.get()
    assert (report.unit, answer.redirect_chain) == (
        year.deputy,
        [(report.get_absolute_url(), 302)],
    )


def test_start_is_refused_with_its_reason(client):
    year = year_with_members(3)
    client.force_login(editor_of(year.deputy))
    answer = client.post(page("report_start", year.pk), {"unit": year.deputy_id}, follow=True)
    assert messages_of(answer) == [
        "Chưa ban hành bảng chấm điểm của năm nên chưa lập được báo cáo."
    ]


@pytest.mark.parametrize(("wanted", "status"), (("head", 403), ("nobody", 404), ("text", 404)))
def test_start_for_another_unit(client, wanted, status):
    year = year_with_members(3)
    small_table(year)
    client.force_login(editor_of(year.deputy))
    unit = {"head": year.head_id, "nobody": 0, "text": "x"}[wanted]
    assert client.post(page("report_start", year.pk), {"unit": unit}).status_code == status
    assert client.get(page("report_start", year.pk)).status_code == 404


def test_year_of_another_bloc_is_not_found(client):
    year = submitted_report().bloc_year
    client.force_login(editor_of(year_with_members(3).head))
    assert client.get(page("year_reports", year.pk)).status_code == 404
    client.force_login(official(SeatRole.SYSADMIN))
    assert client.get(page("year_reports", year.pk)).status_code == 404


@pytest.mark.parametrize("count", (1, 3))
def test_year_costs_the_same(client, count, django_assert_num_queries):
    year = year_with_members(3)
    table = small_table(year)
    for member in list(year.members.all())[:count]:
        ReportFactory(bloc_year=year, unit=member.unit, table=table)
    client.force_login(leader_of(year.head))
    client.get(page("year_reports", year.pk))
    with django_assert_num_queries(YEAR):
        assert client.get(page("year_reports", year.pk)).status_code == 200


# The chosen year


def test_list_holds_what_one_may_read_of_the_chosen_year(client):
    own = submitted_report()
    submitted_report()
    client.force_login(leader_of(own.bloc_year.head))
    client.post(reverse("home:choose_year"), {"year": "2026"})
    rows = client.get(page("report_list")).context["rows"]
    assert [row["report"] for row in rows] == [own]
    client.force_login(official(SeatRole.OFFICE))
    client.post(reverse("home:choose_year"), {"year": "2026"})
    assert len(client.get(page("report_list")).context["rows"]) == 2
    client.post(reverse("home:choose_year"), {"year": "2025"})
    assert client.get(page("report_list")).context["rows"] == []


def test_list_is_filtered_by_bloc_unit_and_state(client):
    first, second = submitted_report(), in_state(submitted_report(), "appraised")
    client.force_login(official(SeatRole.OFFICE))
    client.post(reverse("home:choose_year"), {"year": "2026"})
    for query, expected in (
        ({"bloc": first.bloc_year.bloc_id}, [first]),
        ({"unit": second.unit_id}, [second]),
        ({"state": "appraised"}, [second]),
        ({"bloc": first.bloc_year.bloc_id, "state": "appraised"}, []),
    ):
        rows = client.get(page("report_list"), query).context["rows"]
        assert [row["report"] for row in rows] == expected
    assert Bloc.objects.count() == 2


def test_filter_offers_what_is_in_the_list(client):
    report = submitted_report()
    client.force_login(official(SeatRole.OFFICE))
    client.post(reverse("home:choose_year"), {"year": "2026"})
    fields = client.get(page("report_list")).context["filter_form"].fields
    assert list(fields["unit"].queryset) == [report.unit]
    assert list(fields["bloc"].queryset) == [report.bloc_year.bloc]


@pytest.fixture
def many():
    """As many reports of others as make an index cheaper than asking each of them."""
    other = year_with_members(10)
    units, blocs = Unit.objects.filter(years__bloc_year=other), BlocFactory.create_batch(4)
    sheet = {"table": small_table(other), "state": "submitted", "submitted_at": timezone.now()}
    years = BlocYear.objects.bulk_create(
        BlocYear(bloc=bloc, year=year, head=other.head)
        for bloc in blocs
        for year in range(2000, 2100)
    )
    Report.objects.bulk_create(
        Report(bloc_year=year, unit=unit, **sheet) for year in years for unit in units
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.parametrize("reader", (leader_of, editor_of))
def test_what_a_unit_reads_is_found_by_indexes(many, reader):
    report = submitted_report()
    for unit, count in ((report.unit, 1), (report.bloc_year.head, 1), (report.bloc_year.deputy, 1)):
        rows = Report.objects.visible_to(reader(unit))
        plan = rows.explain()
        assert (len(rows), "Seq Scan on reports_report" in plan) == (count, False)
        assert "SCAN reports_report" not in plan


@pytest.mark.parametrize("count", (1, 3))
def test_list_costs_the_same(client, count, django_assert_num_queries):
    for _ in range(count):
        submitted_report()
    client.force_login(official(SeatRole.OFFICE))
    client.post(reverse("home:choose_year"), {"year": "2026"})
    client.get(page("report_list"))
    with django_assert_num_queries(LIST):
        assert len(client.get(page("report_list")).context["rows"]) == count


# One report


def test_report_shows_texts_sums_and_the_way_on(client):
    report = member_report(results="Hoàn thành 42/43 nhiệm vụ.", self_total="57.5")
    client.force_login(editor_of(report.unit))
    context = client.get(report.get_absolute_url()).context
    assert context["narrative"] == [
        ("Kết quả thực hiện nhiệm vụ", "Hoàn thành 42/43 nhiệm vụ."),
        ("Tổ chức phong trào thi đua", ""),
        ("Hạn chế, nguyên nhân", ""),
    ]
    assert context["pages"] == [
        ("Tự chấm điểm", page("sheet_edit", report.pk)),
        ("Viết báo cáo", page("report_edit", report.pk)),
        ("Nhập từ Excel", reverse("sheet_files:sheet_file", args=(report.pk,))),
    ]
    assert [crumb[0] for crumb in context["breadcrumbs"]][-2:] == [
        "Báo cáo và điểm",
        report.unit.short_name,
    ]
    assert (context["foot"].maximum, len(context["track"])) == ("100,00", 11)


def test_blocked_submission_is_shown_with_its_reasons(client):
    report = member_report()
    client.force_login(leader_of(report.unit))
    moves = client.get(report.get_absolute_url()).context["moves"]
    assert [(move["label"], move["obstacles"]) for move in moves] == [
        (
            "Nộp báo cáo",
            ["Còn 03 tiêu chí chưa tự chấm: I.1, I.2, II.1."],
        )
    ]


def test_pages_to_fill_in_follow_state_and_right(client):
    report = submitted_report()
    year = report.bloc_year
    found = []
    for person, state in (
        (editor_of(report.unit), "submitted"),
        (leader_of(year.head), "submitted"),
        (editor_of(report.unit), "appraised"),
        (leader_of(year.head), "appraised"),
    ):
        in_state(report, state)
        client.force_login(person)
        pages = client.get(report.get_absolute_url()).context["pages"]
        found.append([label for label, _ in pages])
    appraiser = ["Thẩm định điểm", "Đối chiếu điểm", "Yêu cầu sửa từng tiêu chí"]
    assert found == [[], appraiser, ["Soạn giải trình"], ["Đối chiếu điểm"]]


def test_report_of_another_bloc_or_another_s_draft_is_not_found(client):
    report = member_report()
    for person in (
        leader_of(report.bloc_year.head),
        editor_of(member_report().unit),
        official(SeatRole.OFFICE),
    ):
        client.force_login(person)
        assert client.get(report.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("count", (1, 3))
def test_report_costs_the_same(client, count, django_assert_num_queries):
    report = fill(member_report())
    keep = list(report.scores.values_list("pk", flat=True)[:count])
    report.scores.exclude(pk__in=keep).delete()
    client.force_login(leader_of(report.unit))
    client.get(report.get_absolute_url())
    with django_assert_num_queries(DETAIL):
        assert client.get(report.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("state", ("submitted", "appraised"))
def test_a_sent_report_costs_as_little_for_every_reader(client, state, django_assert_num_queries):
    """Its life, who opened it, and whether that of today is written down: one query of the log."""
    report = in_state(submitted_report(), state)
    days = state == "appraised"
    for person, cost in (
        (editor_of(report.unit), 10 if days else 11),
        (leader_of(report.bloc_year.head), 11 if days else 12),
        (official(SeatRole.OFFICE), 11 if days else 12),
    ):
        client.force_login(person)
        client.get(report.get_absolute_url())
        # How long objections are taken is counted by the calendar of working days.
        with django_assert_num_queries(cost):
            context = client.get(report.get_absolute_url()).context
        assert (bool(context["appeals"]), len(context["entries"])) == (days, 0)


def test_an_opening_of_today_is_shown_at_once_and_written_once(client):
    report, office, label = submitted_report(), official(SeatRole.OFFICE), "Mở bảng điểm"
    yesterday = timezone.now() - timedelta(days=1)
    record(office, SHEET, report, label=label, at=yesterday)
    client.force_login(office)
    for _ in range(2):
        openings = client.get(report.get_absolute_url()).context["openings"]
        assert [(row.actor_name, row.label) for row in openings] == [(str(office), label)] * 2
        assert openings[1].at == yesterday < openings[0].at


# Texts


def test_narrative_is_saved(client):
    report = member_report(results="Cũ")
    client.force_login(editor_of(report.unit))
    answer = client.get(page("report_edit", report.pk))
    assert answer.context["form"].initial["results"] == "Cũ"
    data = {"results": "Mới", "movements": "Ba đợt", "shortcomings": ""}
    answer = save(client, page("report_edit", report.pk), data)
    report.refresh_from_db()
    assert (report.results, report.movements) == ("Mới", "Ba đợt")
    assert (answer.status_code, answer.url) == (302, report.get_absolute_url())


def test_second_writer_of_the_narrative_sees_both_texts(client):
    report = member_report(results="Cũ")
    texts = {"results": "Một", "movements": "", "shortcomings": ""}
    client.force_login(editor_of(report.unit))
    url = page("report_edit", report.pk)
    opened = seen_on(client, url)
    save_narrative(report, texts=texts, actor=editor_of(report.unit))
    answer = client.post(url, texts | {"results": "Hai"} | opened)
    form = answer.context["form"]
    assert (answer.status_code, form["results"].value()) == (409, "Hai")
    assert form.errors["results"][0].startswith("Người khác đã lưu: “Một” (")
    answer = client.post(url, fields_of(answer))
    report.refresh_from_db()
    assert (answer.status_code, report.results) == (302, "Hai")


def test_explanation_is_drafted_by_the_editor_and_sent_by_the_leader(client):
    report = in_state(submitted_report(), "appraised")
    client.force_login(editor_of(report.unit))
    data = {"explanation": "Đã có văn bản số 12."}
    assert save(client, page("explanation_edit", report.pk), data).status_code == 302
    assert client.post(page("report_move", report.pk, "explain")).status_code == 403
    client.force_login(leader_of(report.unit))
    assert client.post(page("report_move", report.pk, "explain")).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.explanation) == ("explained", "Đã có văn bản số 12.")


# Moves


def test_report_is_returned_with_a_reason_only(client):
    report = submitted_report()
    client.force_login(leader_of(report.bloc_year.head))
    url = page("report_move", report.pk, "return")
    answer = client.post(url, {"note": " "})
    assert (answer.status_code, messages_of(answer)) == (422, ["Vui lòng nêu lý do."])
    assert client.post(url, {"note": "Thiếu số liệu."}).status_code == 302
    report.refresh_from_db()
    assert report.state == "returned"


def test_move_page_asks_before_it_acts(client):
    report = submitted_report()
    client.force_login(leader_of(report.bloc_year.head))
    answer = client.get(page("report_move", report.pk, "return"))
    report.refresh_from_db()
    assert (answer.status_code, report.state) == (200, "submitted")
    assert client.get(page("report_move", report.pk, "agree")).status_code == 404
    assert client.get(page("report_move", report.pk, "nothing")).status_code == 404
