"""The addresses of the app, one file per subject."""

from blocs.urls import (
    appeals,
    appraisals,
    blocs,
    conferences,
    deviations,
    flags,
    grounds,
    holidays,
    locker,
    people,
    ranking,
    registrations,
    reports,
    scoring_rules,
    sheet_files,
    tables,
    units,
    versions,
    years,
)

app_name = "blocs"
urlpatterns = [
    *units.urlpatterns,
    *blocs.urlpatterns,
    *years.urlpatterns,
    *people.urlpatterns,
    *tables.urlpatterns,
    *scoring_rules.urlpatterns,
    *registrations.urlpatterns,
    # Before the reports, whose last address takes every other word as a move.
    *ranking.urlpatterns,
    *grounds.urlpatterns,
    *sheet_files.urlpatterns,
    *deviations.urlpatterns,
    *locker.urlpatterns,
    *appraisals.urlpatterns,
    *flags.urlpatterns,
    *appeals.urlpatterns,
    *versions.urlpatterns,
    *holidays.urlpatterns,
    *reports.urlpatterns,
    *conferences.urlpatterns,
]
