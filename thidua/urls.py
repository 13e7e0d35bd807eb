from django.urls import include, path

handler404 = "thidua.api.views.about.not_found"
handler400 = "thidua.accounts.views.bad_request"
urlpatterns = [
    path("tai-khoan/", include("thidua.accounts.urls")),
    path("", include("thidua.home.urls")),
    path("", include("thidua.upkeep.urls")),
    path("", include("thidua.papers.urls")),
    path("", include("thidua.jobs.urls")),
    path("", include("thidua.log_pages.urls")),
    path("", include("thidua.packets.urls")),
    path("", include("thidua.view_as.urls")),
    path("", include("thidua.api.token_urls")),
    path("", include("thidua.api.open_urls")),
    path("api/v1/", include("thidua.api.urls")),
    path("", include("blocs.units.urls")),
    path("", include("blocs.legal.urls")),
    path("", include("blocs.years.urls")),
    path("", include("blocs.holidays.urls")),
    path("", include("blocs.registrations.urls")),
    path("", include("blocs.changes.urls")),
    path("", include("blocs.criteria.urls")),
    path("", include("blocs.reports.urls")),
    path("", include("blocs.sheet_files.urls")),
    path("", include("blocs.year_files.urls")),
    path("", include("blocs.appraisal.urls")),
    path("", include("blocs.ranking.urls")),
    path("", include("blocs.conferences.urls")),
    path("", include("agreements.urls")),
    path("", include("awards.proposals.urls")),
    path("", include("awards.board.urls")),
    path("", include("awards.decisions.urls")),
]
