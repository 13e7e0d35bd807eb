from django.urls import path

from blocs.units.views import units as views

urlpatterns = [
    path("don-vi/", views.UnitList.as_view(), name="unit_list"),
    path("don-vi/them/", views.UnitNew.as_view(), name="unit_new"),
    path("don-vi/<int:pk>/", views.UnitDetail.as_view(), name="unit_detail"),
    path("don-vi/<int:pk>/sua/", views.UnitEdit.as_view(), name="unit_edit"),
    path("don-vi/<int:pk>/ke-thua/", views.UnitSuccession.as_view(), name="unit_succession"),
]
