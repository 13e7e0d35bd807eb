from thidua.common.pages.addresses import page
from thidua.jobs.views import JobDetail, JobFile, JobList, JobRetry, JobStop

app_name = "jobs"
urlpatterns = [
    page("viec-chay-lau/", JobList),
    page("viec-chay-lau/<int:pk>/", JobDetail),
    page("viec-chay-lau/<int:pk>/tep/", JobFile),
    page("viec-chay-lau/<int:pk>/dung/", JobStop),
    page("viec-chay-lau/<int:pk>/lam-lai/", JobRetry),
]
