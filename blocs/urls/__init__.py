from importlib.util import find_spec

app_name = "blocs"
urlpatterns = []
for _part in ("blocs", "units", "years", "people", "tables", "registrations", "reports", "ranking", "conferences"):
    if find_spec(f"blocs.urls.{_part}"):
        urlpatterns += __import__(f"blocs.urls.{_part}", fromlist=["urlpatterns"]).urlpatterns
