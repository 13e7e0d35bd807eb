"""Where the pages of “văn bản pháp lý” are."""

from blocs.legal import views
from thidua.common.pages.addresses import page

app_name = "legal"
urlpatterns = [
    page("van-ban-phap-ly/", views.LegalDocumentList),
    page("van-ban-phap-ly/them/", views.LegalDocumentNew),
    page("van-ban-phap-ly/<int:pk>/", views.LegalDocumentDetail),
    page("van-ban-phap-ly/<int:pk>/sua/", views.LegalDocumentEdit),
]
