"""What all units signed is the target that stands in the score sheet; another one is seen."""

from decimal import Decimal

import pytest
from django.urls import reverse

from agreements.enums import AgreementState
from agreements.models import targets_in_force
from blocs.reports.actions.scores import save_scores
from blocs.reports.models.agreed_targets import leaves_with_targets, with_agreed
from blocs.reports.models.sheets import read_sheet
from blocs.states import YearState
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import ReportFactory, small_table, year_with_members
from tests.factories.groups import FIRMS, OFFICES, group
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import RATIO, in_state, member_report, row_of, score_of, typed
from tests.page_forms import fields_of

pytestmark = pytest.mark.django_db
NAME = "Giải quyết hồ sơ đúng hạn"


def agreed(report, state=AgreementState.EFFECTIVE, **kwargs):
    agreement = AgreementFactory(
        bloc_year=report.bloc_year, state=state, effective_at="2026-02-05T00:00:00Z"
    )
    agreement.targets.create(**{"name": NAME, "measure": "%", "planned": Decimal(98)} | kwargs)
    return agreement


def page(report, name="sheet_edit"):
    return reverse(f"reports:{name}", args=(report.pk,))


def line(answer, report):
    pk = row_of(report, RATIO).criterion.pk
    return next(line for line in answer.context["lines"] if line.pk == pk)


@pytest.mark.parametrize(
    ("state", "found"),
    (
        (AgreementState.DRAFT, None),
        (AgreementState.SIGNING, None),
        (AgreementState.EFFECTIVE, 98),
        (AgreementState.CLOSED, 98),
    ),
)
def test_only_what_has_taken_effect_binds(state, found):
    report = member_report()
    agreed(report, state)
    rows = {row.label: row.agreed for row in with_agreed(read_sheet(report)).rows}
    assert rows == {"I.1": None, "I.2": found, "II.1": None, "III": None, "IV": None}
    assert len(targets_in_force(report.bloc_year_id)) == (found is not None)


def test_agreement_of_another_year_says_nothing_here():
    report = member_report()
    agreed(member_report())
    assert [row.agreed for row in with_agreed(read_sheet(report)).rows] == [None] * 5


def test_target_stands_in_the_sheet_before_anybody_typed_it(client):
    report = member_report()
    agreed(report)
    client.force_login(editor_of(report.unit))
    shown = line(client.get(page(report)), report)
    assert (shown.target.value, shown.agreed, shown.is_not_agreed) == ("98", "98", False)
    assert "Theo giao ước: 98" in shown.target_html
    assert report.scores.count() == 0


def test_untouched_row_is_not_saved_and_a_result_takes_the_target_along(client):
    report = member_report()
    agreed(report)
    client.force_login(editor_of(report.unit))
    fields = fields_of(client.get(page(report)))
    assert client.post(page(report), fields).status_code == 302
    assert report.scores.count() == 0
    row = f"s{row_of(report, RATIO).criterion.pk}"
    client.post(page(report), fields | {f"{row}-value": "98"})
    score = score_of(report, RATIO)
    assert (score.target, score.value, score.self_points) == (98, 98, 30)


def test_other_target_is_seen_by_unit_and_appraiser(client):
    report = member_report()
    agreed(report)
    editor = editor_of(report.unit)
    save_scores(report, rows=[typed(report, RATIO, target="90", value="90")], actor=editor)
    client.force_login(editor)
    words = "Khác giao ước: giao ước ghi 98"
    assert words in line(client.get(page(report)), report).target_html
    type(report).objects.update(submitted_at="2026-12-01T00:00:00Z")
    in_state(report, "submitted")
    client.force_login(leader_of(report.bloc_year.head))
    answer = client.get(page(report, "appraisal_edit"))
    assert line(answer, report).is_not_agreed is True
    assert words in answer.content.decode()


def test_leaf_is_chosen_on_the_page_of_the_agreement(client):
    year = year_with_members(3, state=YearState.OPEN)
    report = member_report(bloc_year=year)
    agreement = AgreementFactory(bloc_year=year)
    agreement.targets.create(name="Hồ sơ", measure="%", planned=99)
    client.force_login(editor_of(year.head))
    url = reverse("agreements:agreement_edit", args=(year.pk,))
    form = client.get(url).context["targets"].forms[0]
    path = row_of(report, RATIO).path
    assert form.fields["leaf"].choices == [("", "Tiêu chí cùng tên"), (path, f"I.2. {NAME}")]
    data = fields_of(client.get(url)) | {"chi-tieu-0-leaf": path}
    assert client.post(url, data).status_code == 302
    assert agreement.targets.get().leaf == path
    again = client.get(url).context["targets"].forms[0]
    assert again["leaf"].value() == path
    assert leaves_with_targets(()) == []


def test_leaf_that_left_the_table_stays_chosen_until_somebody_changes_it(client):
    agreement = AgreementFactory()
    agreement.targets.create(name="Hồ sơ", planned=99, leaf="X/1")
    client.force_login(editor_of(agreement.bloc_year.head))
    url = reverse("agreements:agreement_edit", args=(agreement.bloc_year_id,))
    form = client.get(url).context["targets"].forms[0]
    assert form.fields["leaf"].choices[-1] == ("X/1", "X/1 (không còn trong bảng chấm điểm)")


def test_target_of_a_leaf_in_one_group_says_nothing_in_the_table_of_another():
    """Both tables have a leaf by this path; the name of the target is that of neither."""
    year = year_with_members(2)
    units = [member.unit for member in year.members.order_by("order")]
    tables = [
        small_table(year, group=group(year, name, [unit]))
        for name, unit in zip((OFFICES, FIRMS), units, strict=True)
    ]
    ours, theirs = (
        ReportFactory(bloc_year=year, unit=unit, table=table)
        for unit, table in zip(units, tables, strict=True)
    )
    (key, words), _ = leaves_with_targets(tables)
    assert words == f"I.2. {NAME}, nhóm “{OFFICES}”"
    agreed(ours, name="Hồ sơ", leaf=key)
    found = [
        next(row.agreed for row in with_agreed(read_sheet(one)).rows if row.label == RATIO)
        for one in (ours, theirs)
    ]
    assert found == [98, None]
