from thidua.common.pages.addresses import page
from thidua.papers.views import SignedCopyFile

app_name = "papers"
urlpatterns = [page("ban-giay/<int:pk>/", SignedCopyFile)]
