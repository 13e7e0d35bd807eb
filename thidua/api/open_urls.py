"""What everybody may take away: the public pages as files."""

from thidua.api.views.open_data import BlocsOpen, DecisionsOpen, LinesOpen
from thidua.common.pages.addresses import page

app_name = "open_data"
urlpatterns = [
    page("cong-bo/quyet-dinh.csv", DecisionsOpen, "decisions_csv"),
    page("cong-bo/quyet-dinh.json", DecisionsOpen, "decisions_json", form="json"),
    page("cong-bo/<int:pk>/danh-sach.csv", LinesOpen, "lines_csv"),
    page("cong-bo/<int:pk>/danh-sach.json", LinesOpen, "lines_json", form="json"),
    page("cong-bo/khoi.csv", BlocsOpen, "blocs_csv"),
    page("cong-bo/khoi.json", BlocsOpen, "blocs_json", form="json"),
]
