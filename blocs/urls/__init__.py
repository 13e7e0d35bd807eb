"""The addresses of the app, one file per subject."""

from blocs.urls import (
    blocs,
    conferences,
    people,
    ranking,
    registrations,
    reports,
    scoring_rules,
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
    *reports.urlpatterns,
    *conferences.urlpatterns,
]
