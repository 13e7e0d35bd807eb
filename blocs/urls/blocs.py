from django.urls import path

from blocs.units.views import blocs as views

urlpatterns = [
    path("khoi/", views.BlocList.as_view(), name="bloc_list"),
    path("khoi/them/", views.BlocNew.as_view(), name="bloc_new"),
    path("khoi/<int:pk>/", views.BlocDetail.as_view(), name="bloc_detail"),
    path("khoi/<int:pk>/sua/", views.BlocEdit.as_view(), name="bloc_edit"),
    path("khoi/<int:pk>/thanh-vien/them/", views.MemberAdd.as_view(), name="member_add"),
    path("khoi/<int:pk>/thanh-vien/dan/", views.MemberPaste.as_view(), name="member_paste"),
    path("thanh-vien/<int:pk>/roi-khoi/", views.MemberEnd.as_view(), name="member_end"),
]
