from django.urls import path

from blocs.appraisal.views import appeals as views

LIST = "bao-cao/<int:pk>/kien-nghi/"
urlpatterns = [
    path(LIST, views.AppealList.as_view(), name="appeal_list"),
    path(f"{LIST}<int:criterion_pk>/", views.AppealEdit.as_view(), name="appeal_edit"),
    path("kien-nghi/<int:pk>/tra-loi/", views.AppealAnswer.as_view(), name="appeal_answer"),
    path("kien-nghi/<int:pk>/<slug:move>/", views.AppealMove.as_view(), name="appeal_move"),
]
