"""The log book of a page tells what changed, before and after, to whom may see it."""

import pytest

from blocs.appraisal.actions.assignments import assign_group
from blocs.reports.actions.reports import save_narrative
from blocs.reports.actions.scores import save_appraisal, save_scores
from tests.factories.appraisals import marked_year, units_of
from tests.factories.blocs import regulate
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import DIRECT, given, in_state, member_report, submitted_report, typed
from thidua.common.activity import record
from thidua.common.pages.timeline import timeline

pytestmark = pytest.mark.django_db
TEXTS = {"movements": "", "shortcomings": ""}


def told(page):
    """(name, before, after) of each change, entry by entry, newest first."""
    return [
        [(one["name"], one["before"], one["after"]) for one in entry["changes"]]
        for entry in page.context["entries"]
    ]


def seen_by(client, person, thing):
    client.force_login(person)
    return client.get(thing.get_absolute_url())


def test_own_people_see_what_a_text_was_and_became(client):
    report = member_report(results="Hoàn thành 40 nhiệm vụ.")
    texts = TEXTS | {"results": "Hoàn thành 42 nhiệm vụ."}
    save_narrative(report, texts=texts, actor=editor_of(report.unit))
    page = seen_by(client, leader_of(report.unit), report)
    change = (
        "kết quả thực hiện nhiệm vụ",
        "Hoàn thành 40 nhiệm vụ.",
        "Hoàn thành 42 nhiệm vụ.",
    )
    assert told(page) == [[change]]
    line = "kết quả thực hiện nhiệm vụ: Hoàn thành 40 nhiệm vụ. → Hoàn thành 42 nhiệm vụ."
    assert page.content.decode().count(line) == 1


@pytest.mark.parametrize(
    ("before", "after", "told_before", "told_after"),
    [
        ("Việc. " * 60 + "Đạt 40.", "Việc. " * 60 + "Đạt 42.",
         "…" + "Việc. " * 6 + "Đạt 40.", "…" + "Việc. " * 6 + "Đạt 42."),
        ("Việc. " * 60 + "Đạt 40.", "Việc. " * 60 + "Đạt 40. Thêm.",
         "…" + "Việc. " * 6 + "Đạt 40.", "…" + "Việc. " * 6 + "Đạt 40. Thêm."),
        ("Sai ngay từ đầu. " * 20, "Đúng ngay từ đầu.",
         ("Sai ngay từ đầu. " * 20)[:198] + "…", "Đúng ngay từ đầu."),
    ],
)  # fmt: skip
def test_a_change_far_inside_a_long_text_is_told_where_it_is(
    client, before, after, told_before, told_after
):
    report = member_report(results=before)
    save_narrative(report, texts=TEXTS | {"results": after}, actor=editor_of(report.unit))
    page = seen_by(client, leader_of(report.unit), report)
    assert told(page) == [[("kết quả thực hiện nhiệm vụ", told_before, told_after)]]


def test_a_run_of_saves_tells_the_first_value_and_the_last(client):
    report, values = member_report(), ("8", "7.5", "9")
    editor = editor_of(report.unit)
    for revision, value in enumerate(values):
        save_scores(report, rows=[typed(report, DIRECT, revision, value=value)], actor=editor)
    (changes,) = told(seen_by(client, editor, report))
    assert changes == [
        ("I.1 Hoàn thành nhiệm vụ được giao – kết quả", "để trống", "9"),
        ("I.1 Hoàn thành nhiệm vụ được giao – điểm tự chấm", "để trống", "9"),
    ]


def test_points_stay_with_the_appraisers_until_the_appraisal_ends(client):
    report = submitted_report()
    head, own = leader_of(report.bloc_year.head), leader_of(report.unit)
    save_appraisal(report, rows=[given(report, DIRECT, "9", "Thiếu.")], actor=head)
    points = [("điểm thẩm định", "để trống", "9"), ("lý do điều chỉnh", "để trống", "Thiếu.")]
    line = [
        (f"I.1 Hoàn thành nhiệm vụ được giao – {name}", before, after)
        for name, before, after in points
    ]
    assert told(seen_by(client, own, report)) == [[]]
    assert told(seen_by(client, head, report)) == [line]
    in_state(report, "appraised")
    assert told(seen_by(client, own, report)) == [line]


def test_what_a_unit_drafted_stays_with_the_unit(client):
    report = member_report()
    save_narrative(report, texts=TEXTS | {"results": "Nháp"}, actor=editor_of(report.unit))
    type(report).objects.filter(pk=report.pk).update(
        state="submitted", submitted_at="2026-12-10T00:00:00Z"
    )
    assert told(seen_by(client, leader_of(report.bloc_year.head), report)) == [[]]


def test_who_marks_whom_is_told_to_the_people_of_the_bloc_alone(client):
    year = marked_year(3)
    regulate(year, appraisal_mode="group")
    head, deputy, third = units_of(year)
    assign_group(year, units=[head.pk, deputy.pk], actor=leader_of(head))
    assert len(told(seen_by(client, leader_of(head), year))[0]) == 3
    assert told(seen_by(client, leader_of(third), year)) == [[]]


def test_many_changes_open_on_demand_and_what_was_undone_is_none():
    report = member_report()
    changes = [{"field": f"mục {one}", "before": "1", "after": "2"} for one in range(5)]
    record(editor_of(report.unit), "a.b", report, label="Sửa", changes=changes)
    (line,) = timeline(report)
    assert [len(line["changes"]), len(line["more"])] == [3, 2]
    back = [{"field": "mục 0", "before": "2", "after": "1"}]
    record(editor_of(report.unit), "a.b", report, label="Sửa", changes=back)
    newest, _ = timeline(report)
    assert newest["changes"] == [{"name": "mục 0", "before": "2", "after": "1"}]
