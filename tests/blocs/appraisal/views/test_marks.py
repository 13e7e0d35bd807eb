"""The pages on which several units mark one sheet."""

import hashlib
import html

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from blocs.appraisal.actions.marks import combining_words
from blocs.appraisal.models import Mark
from blocs.appraisal.models.markings import marked_sheet, may_see_marks
from blocs.criteria.models import CompetentBody
from blocs.reports.forms.sheet_strings import name_of, shown_appraisal, token_of
from blocs.reports.models import Correction, Evidence
from blocs.reports.models.assignments import assignments_of
from blocs.states import AppraisalMode, SeatRole
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of
from tests.factories.files import pdf
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.factories.reports import BONUS, COUNT, DIRECT, RATIO, in_state, row_of, score_of
from thidua.common.log_book.openings import openings_of
from thidua.common.stamps import OVERTAKEN, stamp_of_words

pytestmark = pytest.mark.django_db
M = AppraisalMode


def address(name, obj):
    return reverse(name, args=(obj.pk,))


def typed(assignment, changes, **more):
    """What a browser posts: every row as it is shown, with `changes` by label and field."""
    data = {}
    for row in marked_sheet(assignment).rows:
        shown = shown_appraisal(row)
        data[name_of(row, "token")] = token_of(row, shown)
        for field, value in (shown | changes.get(row.label, {})).items():
            data[name_of(row, field)] = value
    return data | more


def whole_sheet(mode=M.GROUP, **rules):
    year = marked_year(4, mode=mode, **rules)
    head, deputy, third, own = units_of(year)
    report = report_of(year, own)
    return report, assigned(report, head, deputy, third)


def text_of(answer):
    return html.unescape(answer.content.decode())


def line_of(answer, label):
    pk = row_of(answer.context["report"], label).criterion.pk
    return next(line for line in answer.context["lines"] if line.pk == pk)


def test_marks_are_saved_beside_the_own_points(client):
    report, (_, second, _) = whole_sheet()
    client.force_login(editor_of(second.unit))
    url = address("appraisal:mark_edit", second)
    data = typed(second, {DIRECT: {"points": "9", "reason": "Thiếu."}, COUNT: {"points": "9,5"}})
    answer = client.post(url, data, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Đã lưu 02 tiêu chí."]
    line = line_of(answer, DIRECT)
    assert (line.own, line.boxes[0].value, line.difference, line.text.value) == (
        "9,50",
        "9",
        "−0,50",
        "Thiếu.",
    )
    assert answer.context["progress"] == "Đã chấm 2/4 tiêu chí"
    assert score_of(report, DIRECT).appraised_points is None


def test_refused_marks_stay_typed(client):
    _, (_, second, _) = whole_sheet()
    client.force_login(editor_of(second.unit))
    answer = client.post(
        address("appraisal:mark_edit", second), typed(second, {DIRECT: {"points": "9"}})
    )
    assert (answer.status_code, line_of(answer, DIRECT).boxes[0].value) == (422, "9")
    assert answer.context["errors"] == [
        (
            DIRECT,
            "Điểm thẩm định khác điểm tự chấm thì phải nêu lý do.",
            f"#tc-{row_of(answer.context['report'], DIRECT).criterion.pk}",
        )
    ]


def test_second_person_of_the_unit_sees_what_the_first_saved(client):
    _, (_, second, _) = whole_sheet()
    url = address("appraisal:mark_edit", second)
    opened = typed(second, {DIRECT: {"points": "8", "reason": "Tôi."}})
    client.force_login(editor_of(second.unit))
    first = typed(second, {DIRECT: {"points": "9", "reason": "Thiếu."}})
    assert client.post(url, first).status_code == 302
    client.force_login(leader_of(second.unit))
    answer = client.post(url, opened)
    assert answer.status_code == 409
    assert "Người khác đã lưu: 9; lý do “Thiếu.”" in line_of(answer, DIRECT).conflict
    assert line_of(answer, DIRECT).boxes[0].value == "8"


def test_finishing_leads_to_the_next_sheet_that_waits(client):
    report, (_, second, _) = whole_sheet()
    (other,) = assigned(report_of(report.bloc_year, units_of(report.bloc_year)[2]), second.unit)
    client.force_login(editor_of(second.unit))
    data = typed(second, {}, fill="1", finish="1")
    answer = client.post(address("appraisal:mark_edit", second), data)
    assert (answer.status_code, answer.url) == (302, address("appraisal:mark_edit", other))
    answer = client.get(address("appraisal:mark_edit", second))
    assert (answer.context["view"].is_open, line_of(answer, DIRECT).given) == (False, "9,50")
    answer = client.post(
        address("appraisal:mark_edit", other), typed(other, {}, fill="1", finish="1")
    )
    assert answer.url == reverse("appraisal:assignment_list")
    assert Mark.objects.count() == 8


def test_finishing_with_a_leaf_open_says_which(client):
    _, (_, second, _) = whole_sheet()
    client.force_login(editor_of(second.unit))
    data = typed(second, {DIRECT: {"points": "9,5"}}, finish="1")
    answer = client.post(address("appraisal:mark_edit", second), data)
    assert (answer.status_code, answer.context["general"]) == (
        422,
        ["Còn 03 tiêu chí chưa chấm: I.2, II.1, III."],
    )
    assert line_of(answer, DIRECT).boxes[0].value == "9,5"


def test_others_marks_are_hidden_until_the_own_are_done(client):
    report, (first, second, _) = whole_sheet()
    finished(first, **{DIRECT: ("7.25", "Bí mật của đơn vị khác.")})
    client.force_login(editor_of(second.unit))
    for url in (address("appraisal:mark_edit", second), address("appraisal:marks_table", report)):
        text = text_of(client.get(url))
        assert ("7,25" in text, "Bí mật của đơn vị khác." in text) == (False, False)
    hidden = '<span class="sheet-hint">chưa hiện</span>'
    html = client.get(address("appraisal:marks_table", report)).content.decode()
    assert html.count(hidden) > 0
    finished(second)
    for url in (address("appraisal:mark_edit", second), address("appraisal:marks_table", report)):
        assert "7,25" in text_of(client.get(url))
    lines = client.get(address("appraisal:marks_table", report)).context["lines"]
    leaf = next(line for line in lines if line.anchor)
    assert (leaf.mean, leaf.spread, leaf.outcome) == ("", "", "")


def test_who_marks_nothing_sees_marks_once_all_of_the_round_are_done(client):
    report, rows = whole_sheet()
    client.force_login(official(SeatRole.OFFICE))
    url, seen = address("appraisal:marks_table", report), []
    for one in rows:
        finished(one)
        leaf = next(line for line in client.get(url).context["lines"] if line.anchor)
        seen.append([cell.is_hidden for cell in leaf.cells])
    assert seen == [[True] * 3, [True] * 3, [False] * 3]


def test_others_marks_are_shown_where_the_rule_is_not_blind(client):
    _report, (first, second, _) = whole_sheet(is_blind=False)
    finished(first, **{DIRECT: ("7.25", "Thiếu.")})
    client.force_login(editor_of(second.unit))
    assert "7,25" in text_of(client.get(address("appraisal:mark_edit", second)))


def test_unit_does_not_see_marks_of_its_sheet_before_it_is_appraised(client):
    report, rows = whole_sheet()
    for one in rows:
        finished(one)
    client.force_login(leader_of(report.unit))
    url = address("appraisal:marks_table", report)
    assert client.get(url).status_code == 403
    assert "Điểm của các đơn vị chấm" not in text_of(client.get(report.get_absolute_url()))
    leader, marks = leader_of(report.unit), assignments_of(report)
    assert may_see_marks(leader, report, marks, is_blind=True) == set()
    in_state(report, "appraised")
    assert client.get(url).status_code == 200


def test_marks_stand_side_by_side_and_become_points(client):
    report, rows = whole_sheet()
    for one, points in zip(rows, ("9.5", "9", "8.5"), strict=True):
        finished(one, **{DIRECT: (points, "Đối chiếu.")})
    client.force_login(leader_of(report.bloc_year.head))
    answer = client.get(address("appraisal:marks_table", report))
    leaf = next(line for line in answer.context["lines"] if line.anchor)
    assert (sorted(cell.points for cell in leaf.cells), leaf.mean, leaf.spread, leaf.outcome) == (
        ["8,50", "9,00", "9,50"],
        "9,00",
        "1,00",
        "9,00",
    )
    assert answer.context["may_combine"] is True
    url = address("appraisal:marks_combine", report)
    seen = client.get(url).context["seen"]
    answer = client.post(url, {"seen": seen})
    assert (answer.status_code, answer.url) == (302, report.get_absolute_url())
    assert score_of(report, DIRECT).appraised_points == 9
    answer = client.post(url, {"seen": seen})
    assert (answer.status_code, answer.context["general"]) == (409, [OVERTAKEN])


def test_open_question_is_answered_where_marks_are_combined(client):
    report, _rows = whole_sheet(round_mode="mean_without_extremes")
    assignments_of(report)[0].delete()
    for one in assignments_of(report):
        finished(one)
    client.force_login(leader_of(report.bloc_year.head))
    url = address("appraisal:marks_combine", report)
    answer = client.get(url)
    leaf = next(line for line in answer.context["lines"] if line.anchor)
    assert leaf.question == (
        "Cần ít nhất 3 người chấm để bỏ điểm cao nhất và điểm thấp nhất. "
        "Vui lòng cho biết cách tính."
    )
    data = {"seen": stamp_of_words(combining_words(report, assignments_of(report)))}
    wrong = client.post(url, data | {f"{leaf.prefix}-points": "chín"})
    assert (wrong.status_code, "chín" in text_of(wrong)) == (422, True)
    answer = client.post(
        url, data | {f"{leaf.prefix}-points": "9", f"{leaf.prefix}-reason": "Họp."}
    )
    assert answer.status_code == 302
    score = score_of(report, DIRECT)
    assert (score.appraised_points, score.appraisal_reason) == (9, "Họp.")


def test_combining_too_early_leads_back_with_the_reason(client):
    report, _ = whole_sheet()
    client.force_login(leader_of(report.bloc_year.head))
    answer = client.get(address("appraisal:marks_combine", report), follow=True)
    names = "; ".join(one.unit.name for one in assignments_of(report))
    assert [str(message) for message in answer.context["messages"]] == [
        f"Còn 03 đơn vị chưa chấm xong: {names}."
    ]


def test_round_is_opened_from_the_table(client):
    report, rows = whole_sheet(rounds=2)
    for one in rows:
        finished(one)
    client.force_login(leader_of(report.bloc_year.head))
    assert client.get(address("appraisal:marks_table", report)).context["may_open_round"] is True
    assert client.post(address("appraisal:round_open", report)).status_code == 302
    assert report.assignments.filter(round=2).count() == 3
    again = report.assignments.get(round=2, unit=rows[1].unit)
    client.force_login(editor_of(rows[1].unit))
    answer = client.get(address("appraisal:mark_edit", again))
    others = {line.pk: line.others for line in answer.context["lines"]}
    assert others[line_of(answer, DIRECT).pk].startswith("Vòng 1: ")


def test_strangers_do_not_find_the_grid(client):
    report, (_, second, third) = whole_sheet()
    strangers = (
        editor_of(third.unit),
        leader_of(report.unit),
        official(SeatRole.OFFICE),
        leader_of(marked_year(3).deputy),
    )
    for person in strangers:
        client.force_login(person)
        assert client.get(address("appraisal:mark_edit", second)).status_code == 404
        assert client.post(address("appraisal:mark_edit", second), {}).status_code == 404


def test_sheet_not_sent_in_is_listed_and_not_opened(client):
    report, (_, second, _) = whole_sheet()
    in_state(report, "draft")
    client.force_login(editor_of(second.unit))
    answer = client.get(reverse("appraisal:assignment_list"))
    assert [(row["label"], row["url"]) for row in answer.context["rows"]] == [
        ("Đơn vị chưa nộp", "")
    ]
    assert client.get(address("appraisal:mark_edit", second)).status_code == 403
    assert client.get(report.get_absolute_url()).status_code == 404


def with_file(report, label):
    content = pdf(f"{report.pk}{label}")
    file = Evidence(
        unit=report.unit,
        name=f"{label}.pdf",
        content_type="application/pdf",
        size=9,
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=editor_of(report.unit),
    )
    file.file.save("minh-chung.pdf", ContentFile(content), save=False)
    file.save()
    file.scores.add(score_of(report, label))
    return reverse("reports:evidence_file", args=(file.pk,))


def opened(client, url):
    """The answer of a file, read to its end so that the file is closed."""
    answer = client.get(url)
    answer.getvalue()
    return answer.status_code


def test_body_outside_the_bloc_reads_its_leaves_and_their_files_only(client):
    year = marked_year(3, mode=M.BODIES)
    report, finance = report_of(year, units_of(year)[2]), UnitFactory(name="Sở Tài chính")
    body = CompetentBody.objects.create(bloc_year=year, unit=finance)
    body.criteria.add(row_of(report, RATIO).criterion)
    (one,) = assigned(report, finance)
    mine, other = with_file(report, RATIO), with_file(report, DIRECT)
    client.force_login(editor_of(finance))
    answer = client.get(address("appraisal:mark_edit", one))
    shown = [line.number for line in answer.context["lines"]]
    assert (answer.status_code, shown, answer.context["foot"].own) == (200, ["I", "2"], "9,50")
    assert (opened(client, mine), opened(client, other)) == (200, 404)
    for name in ("reports:report_detail", "appraisal:marks_table"):
        assert client.get(address(name, report)).status_code == 404
    in_state(report, "draft")
    assert opened(client, mine) == 404


def test_body_outside_the_bloc_asks_for_corrections_of_its_leaves_only(client):
    year = marked_year(3, mode=M.BODIES)
    report, finance = report_of(year, units_of(year)[2]), UnitFactory(name="Sở Tài chính")
    body = CompetentBody.objects.create(bloc_year=year, unit=finance)
    body.criteria.add(row_of(report, RATIO).criterion)
    (one,) = assigned(report, finance)
    client.force_login(editor_of(finance))
    url = address("appraisal:correction_edit", report)
    assert [row.label for row in client.get(url).context["rows"]] == [RATIO]
    asked = {f"reason-{row_of(report, RATIO).criterion.pk}": "Nêu số quyết toán."}
    answer = client.post(url, asked)
    assert answer["Location"] == address("appraisal:mark_edit", one)
    correction = Correction.objects.get()
    assert (correction.asked_by_unit, correction.reason) == (finance, "Nêu số quyết toán.")
    assert client.get(address("appraisal:correction_check", report)).status_code == 200
    client.force_login(editor_of(UnitFactory(name="Sở Y tế")))
    assert client.get(url).status_code == 404


def test_appraiser_of_a_pair_reads_the_sheet_and_its_files(client):
    report, (_, _, third) = whole_sheet(mode=M.PAIRS)
    url = with_file(report, BONUS)
    stranger = units_of(report.bloc_year)[2]
    other = report_of(report.bloc_year, report.bloc_year.deputy)
    client.force_login(editor_of(third.unit))
    assert client.get(report.get_absolute_url()).status_code == 200
    assert opened(client, url) == 200
    assert (stranger, client.get(other.get_absolute_url()).status_code) == (third.unit, 404)


@pytest.mark.parametrize("count", (1, 3))
def test_list_opens_at_the_same_cost(client, count, django_assert_num_queries):
    year = marked_year(5, mode=M.GROUP)
    *others, unit = units_of(year)
    for other in others[:count]:
        assigned(report_of(year, other), unit)
    client.force_login(editor_of(unit))
    client.get(reverse("appraisal:assignment_list"))
    with django_assert_num_queries(8):
        answer = client.get(reverse("appraisal:assignment_list"))
    assert len(answer.context["rows"]) == count


@pytest.mark.parametrize("count", (1, 3))
def test_grid_and_table_open_at_the_same_cost(client, count, django_assert_num_queries):
    report, rows = whole_sheet()
    keep = [score_of(report, label).pk for label in (DIRECT, RATIO, COUNT)[:count]]
    report.scores.exclude(pk__in=keep).delete()
    for one in rows[: count - 1]:
        finished(one)
    client.force_login(editor_of(rows[2].unit))
    for name, obj, queries in (
        ("appraisal:mark_edit", rows[2], 11),
        ("appraisal:marks_table", report, 12),
    ):
        client.get(address(name, obj))
        with django_assert_num_queries(queries):
            assert client.get(address(name, obj)).status_code == 200


def test_opening_a_sheet_to_mark_it_and_its_marks_is_written_down_once_a_day(client):
    report, (first, *_) = whole_sheet()
    editor, office = editor_of(first.unit), official(SeatRole.OFFICE)
    pages = {
        "Mở phiếu chấm điểm": (editor, address("appraisal:mark_edit", first)),
        "Mở điểm của các đơn vị chấm": (office, address("appraisal:marks_table", report)),
    }
    for person, page in pages.values():
        client.force_login(person)
        assert [client.get(page).status_code for _ in range(2)] == [200, 200]
    client.force_login(editor_of(report.unit))
    client.get(address("appraisal:marks_table", report))
    told = [(line.label, line.actor) for line in openings_of(report)]
    assert sorted(told, key=str) == sorted(
        [(label, person) for label, (person, _) in pages.items()], key=str
    )
