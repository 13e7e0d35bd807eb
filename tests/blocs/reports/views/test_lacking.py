"""What a sheet still lacks, as links; and its log book, many small saves on one line."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from blocs.criteria.models import Criterion
from blocs.reports.actions.scores import save_appraisal, save_scores
from blocs.reports.models.sheets import sheet_of
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import (
    COUNT,
    DIRECT,
    RATIO,
    given,
    member_report,
    row_of,
    submitted_report,
    typed,
)

pytestmark = pytest.mark.django_db
MOMENT = dt.datetime(2026, 11, 28, 7, 2, tzinfo=dt.UTC)


def gaps(client, url):
    return [(gap.label, gap.words, gap.url) for gap in client.get(url).context["gaps"]]


def move_page(report, move):
    return reverse("reports:report_move", args=(report.pk, move))


def anchor(report, label):
    return f"#tc-{row_of(report, label).criterion.pk}"


def half_filled():
    report = member_report()
    editor = editor_of(report.unit)
    Criterion.objects.filter(pk=row_of(report, DIRECT).criterion.pk).update(needs_evidence=True)
    rows = [typed(report, DIRECT, value="9"), typed(report, COUNT, value="2")]
    return save_scores(report, rows=rows, actor=editor), editor


def test_leader_is_led_to_each_line_that_holds_the_submission_up(client):
    report, _ = half_filled()
    client.force_login(leader_of(report.unit))
    page = report.get_absolute_url()
    assert gaps(client, move_page(report, "submit")) == [
        ("I.1", "chưa có minh chứng", f"{page}{anchor(report, DIRECT)}"),
        ("I.2", "chưa tự chấm", f"{page}{anchor(report, RATIO)}"),
    ]


def test_editor_is_led_to_the_cells(client):
    report, editor = half_filled()
    client.force_login(editor)
    sheet = reverse("reports:sheet_edit", args=(report.pk,))
    assert gaps(client, report.get_absolute_url()) == [
        ("I.1", "chưa có minh chứng", f"{sheet}{anchor(report, DIRECT)}"),
        ("I.2", "chưa tự chấm", f"{sheet}{anchor(report, RATIO)}"),
    ]
    assert f'id="{anchor(report, RATIO)[1:]}"' in client.get(sheet).content.decode()


def test_appraiser_is_led_to_what_has_no_points_yet(client):
    report = submitted_report()
    head = leader_of(report.bloc_year.head)
    rows = [given(report, label, "9.5") for label in (DIRECT, RATIO, "III")]
    save_appraisal(report, rows=rows, actor=head)
    client.force_login(head)
    sheet = reverse("reports:appraisal_edit", args=(report.pk,))
    wanted = [("II.1", "chưa có điểm thẩm định", f"{sheet}{anchor(report, COUNT)}")]
    assert gaps(client, move_page(report, "appraise")) == wanted
    assert gaps(client, report.get_absolute_url()) == wanted
    assert gaps(client, move_page(report, "return")) == []


@pytest.mark.parametrize("person", (leader_of, editor_of))
def test_a_sheet_that_has_just_come_in_lacks_nothing(client, person):
    """Only the move says what its appraisal needs; a point given begins it."""
    report = submitted_report()
    head = leader_of(report.bloc_year.head)
    client.force_login(person(report.bloc_year.head))
    assert gaps(client, report.get_absolute_url()) == []
    save_appraisal(report, rows=[given(report, DIRECT, "9.5")], actor=head)
    labels = [label for label, *_ in gaps(client, report.get_absolute_url())]
    assert labels == [row.label for row in sheet_of(report).not_appraised()]
    assert DIRECT not in labels


def test_unit_that_waits_has_nothing_to_add(client):
    report = submitted_report()
    client.force_login(editor_of(report.unit))
    assert gaps(client, report.get_absolute_url()) == []


def test_many_small_saves_of_one_person_are_one_line(client):
    report = member_report()
    first, second = editor_of(report.unit), editor_of(report.unit)
    for place, (minutes, person) in enumerate(
        ((0, first), (5, first), (29, first), (70, first), (71, second), (72, second))
    ):
        with time_machine.travel(MOMENT + dt.timedelta(minutes=minutes), tick=False):
            row = typed(report, DIRECT, place, value=str(place))
            save_scores(report, rows=[row], actor=person)
    client.force_login(first)
    entries = client.get(report.get_absolute_url()).context["entries"]
    assert [(entry["label"], entry["actor_name"]) for entry in entries] == [
        ("Lưu điểm tự chấm: 02 lần từ 15:13 28/11/2026", str(second)),
        ("Lưu điểm tự chấm: 01 tiêu chí", str(first)),
        ("Lưu điểm tự chấm: 03 lần từ 14:02 28/11/2026", str(first)),
    ]
