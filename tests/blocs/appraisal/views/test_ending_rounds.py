"""Who appraises and how stays from the first mark on; a change ends the round and says of what."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from blocs.appraisal.actions.assignments import assign_group
from blocs.appraisal.actions.bodies import save_body
from blocs.appraisal.actions.marks import save_marks
from blocs.criteria.models import CompetentBody
from blocs.reports.actions.scores import save_appraisal
from blocs.reports.models import Assignment
from blocs.states import AppraisalMode, SeatRole
from blocs.years.actions.regulation import set_scoring_rules
from tests.factories.appraisals import assigned, marked_year, marks, report_of, units_of
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import DIRECT, RATIO, given, in_state, row_of
from tests.page_forms import save, seen_on
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
FROZEN = {
    "appraisal_mode",
    "scorers_per_sheet",
    "rounds",
    "round_mode",
    "round_shares",
    "level_mode",
    "is_blind",
}


def page(name, *args):
    return reverse(f"appraisal:{name}", args=args)


def half_marked(mode=AppraisalMode.PAIRS):
    """A year of four: two leaves of the last sheet marked by the deputy, no others."""
    year = marked_year(4, mode=mode)
    _, deputy, third, own = units_of(year)
    report = report_of(year, own)
    leaves = report.table.criteria.exclude(kind="group")
    CompetentBody.objects.create(bloc_year=year, unit=deputy).criteria.set(leaves)
    first, _ = assigned(report, deputy, third)
    save_marks(first, rows=marks(first)[:2], actor=editor_of(deputy))
    return year, report


def closed(form):
    return {name for name, field in form.fields.items() if field.disabled}


def rules_form(client, year):
    client.force_login(official(SeatRole.OFFICE))
    return client.get(reverse("years:scoring_rules_edit", args=(year.pk,))).context["form"]


def test_rules_on_appraising_close_with_the_first_mark(client):
    year = marked_year(4)
    assert closed(rules_form(client, year)) == set()
    _, deputy, _, own = units_of(year)
    (one,) = assigned(report_of(year, own), deputy)
    save_marks(one, rows=marks(one)[:1], actor=editor_of(deputy))
    form = rules_form(client, year)
    assert closed(form) == FROZEN
    assert form.fields["rounds"].help_text.startswith("Đã có điểm thẩm định từ ")
    answer = save(client, reverse("years:scoring_rules_edit", args=(year.pk,)), {"rounds": "3"})
    year.regulation.refresh_from_db()
    assert year.regulation.rounds == 1
    assert answer.status_code in (302, 422)


@pytest.mark.parametrize("field", ("rounds", "scorers_per_sheet"))
def test_a_point_of_the_head_closes_them_as_well(field):
    year = marked_year(3, mode=AppraisalMode.HEAD)
    report = report_of(year, units_of(year)[2])
    save_appraisal(report, rows=[given(report, DIRECT, "9", "Thiếu.")], actor=leader_of(year.head))
    with pytest.raises(ValidationError) as refusal:
        set_scoring_rules(year, actor=official(SeatRole.OFFICE), data={field: 3})
    assert list(refusal.value.message_dict) == [field]


def test_appraisers_of_a_marked_sheet_stay(client):
    year, report = half_marked(AppraisalMode.GROUP)
    head, _, third, own = units_of(year)
    client.force_login(leader_of(head))
    answer = save(client, page("group_edit", year.pk), {"units": [head.pk, third.pk]})
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (
        422,
        [
            f"Bảng điểm của “{own.name}” đã có điểm chấm nên không đổi người chấm. Muốn đổi, hãy "
            "kết thúc vòng chấm của bảng điểm này, nêu lý do."
        ],
    )
    assert report.assignments.count() == 2


def test_leaves_of_a_body_stay():
    year, report = half_marked(AppraisalMode.BODIES)
    unit, leaves = units_of(year)[2], [row_of(report, DIRECT).criterion.pk]
    with pytest.raises(ValidationError) as refusal:
        save_body(year, unit=unit, leaves=leaves, actor=leader_of(year.head))
    assert refusal.value.messages[0].startswith("Đã có điểm chấm từ ")


def test_page_says_what_it_clears_and_clears_it_with_a_reason(client):
    year, report = half_marked()
    head, deputy, _, own = units_of(year)
    save_appraisal(report, rows=[given(report, RATIO, "9", "Thiếu.")], actor=leader_of(head))
    secretary = editor_of(head)
    client.force_login(secretary)
    assert page("round_end", year.pk) in client.get(page("assignments", year.pk)).content.decode()
    url = page("round_end", year.pk)
    (choice,) = client.get(url).context["form"].fields["reports"].choices
    words = f"02 điểm chấm của {deputy.name}; 01 điểm thẩm định"
    assert choice == (report.pk, f"{own.name}: {words}")
    assert save(client, url, {"reports": [report.pk], "reason": " "}).status_code == 422
    assert save(client, url, {"reports": [report.pk], "reason": "Đổi tổ chấm."}).status_code == 302
    assert (Assignment.objects.count(), report.scores.exclude(appraised_points=None).count()) == (
        0,
        0,
    )
    line = ActivityEntry.objects.about(year).first()
    assert (line.label, line.note) == ("Kết thúc vòng chấm của 01 bảng điểm", "Đổi tổ chấm.")
    assert line.changes == [{"field": f"bảng điểm của {own.name}", "before": words, "after": ""}]
    kept = ActivityEntry.objects.about(report).first().changes
    assert [(one["code"], one["before"]) for one in kept] == [
        ("I.1", "9,5"),
        ("I.2", "9,5"),
        ("I.2", "9"),
    ]


def test_after_the_end_of_the_round_rules_and_appraisers_change(client):
    year, report = half_marked()
    head, _, third, _ = units_of(year)
    client.force_login(leader_of(head))
    save(client, page("round_end", year.pk), {"reports": [report.pk], "reason": "Lập tổ."})
    set_scoring_rules(year, actor=official(SeatRole.OFFICE), data={"appraisal_mode": "group"})
    assign_group(year, units=[head.pk, third.pk], actor=leader_of(head))
    assert {one.unit for one in report.assignments.all()} == {head, third}


def test_appraised_sheets_keep_their_points_and_the_rules_open_again(client):
    year, report = half_marked()
    in_state(report, "appraised")
    client.force_login(leader_of(year.head))
    answer = save(client, page("round_end", year.pk), {"reports": [], "reason": "Đổi quy chế."})
    assert (answer.status_code, report.assignments.count()) == (302, 2)
    assert closed(rules_form(client, year)) == set()


def test_marks_that_came_meanwhile_are_not_cleared_unseen(client):
    year, report = half_marked()
    client.force_login(leader_of(year.head))
    url = page("round_end", year.pk)
    seen = seen_on(client, url)
    second = report.assignments.last()
    save_marks(second, rows=marks(second)[:1], actor=editor_of(second.unit))
    answer = client.post(url, {"reports": [report.pk], "reason": "Đổi."} | seen)
    assert (answer.status_code, report.assignments.count()) == (409, 2)


def test_unit_does_not_see_the_cleared_points(client):
    year, report = half_marked()
    client.force_login(leader_of(year.head))
    save(client, page("round_end", year.pk), {"reports": [report.pk], "reason": "Đổi."})
    client.force_login(leader_of(report.unit))
    entry = client.get(report.get_absolute_url()).context["entries"][0]
    assert (entry["label"], entry["changes"]) == (
        "Kết thúc vòng chấm, xóa điểm đang chấm dở",
        [],
    )
