"""Buttons stand on a page for those who may press them, and for nobody else who reads it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.reports.actions.evidence import attach_evidence
from blocs.states import SeatRole, YearState
from tests.factories.agreements import AgreementFactory
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of
from tests.factories.blocs import small_table, year_with_members
from tests.factories.files import pdf
from tests.factories.grounds import GROUNDS
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import DIRECT, member_report, row_of

pytestmark = pytest.mark.django_db


def agreement():
    year = AgreementFactory(signing=True).bloc_year
    return (year.pk,), editor_of(year.head), editor_of(year.deputy)


def grounds():
    year = year_with_members()
    small_table(year, settings={"disqualifiers": GROUNDS})
    return (year.pk,), official(SeatRole.OFFICE), leader_of(year.deputy)


def unit():
    year = year_with_members()
    return (year.deputy_id,), official(SeatRole.OFFICE), leader_of(year.deputy)


def year():
    year = year_with_members()
    return (year.pk,), official(SeatRole.OFFICE), leader_of(year.deputy)


def reporting_year():
    year = year_with_members(state=YearState.IN_PROGRESS)
    small_table(year)
    return (year.pk,), editor_of(year.deputy), official(SeatRole.OFFICE)


def registering_year():
    year = year_with_members(state=YearState.OPEN)
    return (year.pk,), editor_of(year.deputy), leader_of(year.deputy)


def file():
    report = member_report()
    evidence = attach_evidence(
        report,
        criterion=row_of(report, DIRECT).criterion,
        upload=SimpleUploadedFile("a.pdf", pdf()),
        actor=editor_of(report.unit),
    )
    return (evidence.pk,), editor_of(report.unit), leader_of(report.unit)


def marks():
    year = marked_year(4)
    head, deputy, third, own = units_of(year)
    report = report_of(year, own)
    for assignment in assigned(report, deputy, third):
        finished(assignment)
    return (report.pk,), leader_of(head), leader_of(third)


def pairs():
    year = marked_year(4)
    return (year.pk,), leader_of(year.head), official(SeatRole.OFFICE)


PAGES = [
    (agreement, "agreements:agreement_detail", "agreements:agreement_edit"),
    (grounds, "ranking:ground_list", "ranking:ground_new"),
    (unit, "units:unit_detail", "units:unit_edit"),
    (year, "years:year_detail", "years:year_edit"),
    (reporting_year, "reports:year_reports", "reports:report_start"),
    (registering_year, "registrations:registration_list", "registrations:registration_start"),
    (file, "reports:locker_detail", "reports:locker_delete"),
    (marks, "appraisal:marks_table", "appraisal:marks_combine"),
    (pairs, "appraisal:assignments", "appraisal:pairs_edit"),
]


@pytest.mark.parametrize(("build", "page", "button"), PAGES)
def test_button_is_for_those_who_may(client, build, page, button):
    pks, holder, reader = build()
    address, found = f'"{reverse(button, args=pks)}"', []
    for person in (holder, reader):
        client.force_login(person)
        answer = client.get(reverse(page, args=pks))
        found.append((answer.status_code, answer.content.decode().count(address) > 0))
    assert found == [(200, True), (200, False)]
