from django.urls import path

from blocs.appraisal.views import corrections as views

REPORT = "bao-cao/<int:pk>/"
urlpatterns = [
    path(f"{REPORT}yeu-cau-sua/", views.FlagEdit.as_view(), name="flag_edit"),
    path(f"{REPORT}kiem-tra-lai/", views.FlagCheck.as_view(), name="flag_check"),
    path(f"{REPORT}sua-theo-yeu-cau/", views.FlaggedSheet.as_view(), name="flagged_sheet"),
]
