"""Where programs read; without a slash at the end, as programs write it."""

from thidua.api.views import about, data
from thidua.common.pages.addresses import page

app_name = "api"
urlpatterns = [
    page("", about.ApiAbout),
    page("openapi.json", about.ApiDescription),
    page("units", data.UnitsGiven),
    page("units/<int:pk>", data.UnitGiven),
    page("blocs", data.BlocsGiven),
    page("blocs/<int:pk>", data.BlocGiven),
    page("years", data.YearsGiven),
    page("years/<int:pk>", data.YearGiven),
    page("rankings/<int:pk>", data.RankingGiven),
    page("decisions", data.DecisionsGiven),
    page("decisions/<int:pk>", data.DecisionGiven),
    page("decisions/<int:pk>/lines", data.DecisionLinesGiven),
]
