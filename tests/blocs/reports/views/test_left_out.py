"""A leaf that was not assigned needs a reason and the appraiser's word; the denominator shows."""

import pytest
from django.urls import reverse

from blocs.ranking.documents.score_sheet import score_sheet_paper
from blocs.reports.workflows import REPORT
from tests.factories.blocs import fill
from tests.factories.people import leader_of
from tests.factories.reports import COUNT, RATIO, member_report, row_of
from thidua.common.models import ActivityEntry
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db


def without(label, note, **report):
    """A report whose unit says that one leaf was not assigned to it."""
    made = fill(member_report(results="Hoàn thành.", **report), "9.5")
    made.scores.filter(criterion__kind="deduction").delete()
    leaf = made.scores.filter(criterion=row_of(made, label).criterion)
    leaf.update(not_applicable=True, value=None, self_points=None, note=note)
    return type(made).objects.get(pk=made.pk)


def move(client, report, name, person, **data):
    client.force_login(person)
    return client.post(reverse("reports:report_move", args=(report.pk, name)), data)


@pytest.mark.parametrize("label", (RATIO, COUNT))
def test_a_leaf_left_out_without_a_reason_is_not_sent(client, label):
    report = without(label, "")
    answer = move(client, report, "submit", leader_of(report.unit))
    assert (answer.status_code, [str(one) for one in answer.context["messages"]]) == (
        422,
        [
            "Còn 01 tiêu chí ghi “Không giao chỉ tiêu” mà chưa nêu lý do ở phần thuyết minh: "
            f"{label}."
        ],
    )
    report.scores.filter(not_applicable=True).update(note="Công văn 12/UBND không giao.")
    assert move(client, report, "submit", leader_of(report.unit)).status_code == 302


@pytest.mark.parametrize(("label", "most"), [(RATIO, "70/100"), (COUNT, "70/100")])
def test_appraiser_confirms_it_and_the_denominator_shows(client, label, most):
    report = without(label, "Công văn 12/UBND không giao.")
    report = perform(REPORT, "submit", report, actor=leader_of(report.unit))
    report.scores.filter(not_applicable=False).update(appraised_points="9.5")
    head = leader_of(report.bloc_year.head)
    answer = move(client, report, "appraise", head)
    asked = [
        f"Đơn vị ghi “Không giao chỉ tiêu” ở mục {label}: Công văn 12/UBND không giao.",
        "Xác nhận các tiêu chí trên không giao cho đơn vị?",
    ]
    assert (answer.status_code, [str(one) for one in answer.context["messages"]][:2]) == (
        422,
        asked,
    )
    assert move(client, report, "appraise", head, confirmed="on").status_code == 302
    line = ActivityEntry.objects.about(report).first()
    assert line.note == "\n".join(f"Đã xác nhận: {one}" for one in asked)
    told = f"Không giao chỉ tiêu: điểm tối đa còn {most}."
    page = client.get(report.get_absolute_url())
    assert page.content.decode().count(told) == 1
    fresh = type(report).objects.get(pk=report.pk)
    paper = score_sheet_paper(fresh, shows_appraisal=True)
    assert told in paper.notes
    name = row_of(report, label).criterion.name
    assert next(one.reason for one in paper.lines if one.name == name) == (
        "Không giao chỉ tiêu: Công văn 12/UBND không giao."
    )
