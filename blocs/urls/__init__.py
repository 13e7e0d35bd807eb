"""The addresses of the app, one file per subject."""

from blocs.urls import (
    blocs,
    conferences,
    locker,
    people,
    ranking,
    registrations,
    reports,
    scoring_rules,
    sheet_files,
    tables,
    units,
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
    *sheet_files.urlpatterns,
    *locker.urlpatterns,
    *reports.urlpatterns,
    *conferences.urlpatterns,
]
