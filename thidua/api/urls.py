"""Where programs read; without a slash at the end, as programs write it."""

from thidua.api.views import about, data
from thidua.common.pages.addresses import page

app_name = "api"
urlpatterns = [
    page("", about.ApiAbout),
    page("openapi.json", about.ApiDescription),
    page("units", data.UnitRows),
    page("units/<int:pk>", data.UnitRow),
    page("blocs", data.BlocRows),
    page("blocs/<int:pk>", data.BlocRow),
    page("years", data.YearRows),
    page("years/<int:pk>", data.YearRow),
    page("rankings/<int:pk>", data.RankingGiven),
    page("decisions", data.DecisionRows),
    page("decisions/<int:pk>", data.DecisionRow),
    page("decisions/<int:pk>/lines", data.DecisionLineRows),
]
