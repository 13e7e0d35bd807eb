"""Where the pages of “hội đồng” are."""

from django.urls import path

from awards.board import views

app_name = "board"
urlpatterns = [
    path("de-nghi/dong/<int:pk>/", views.ItemDetail.as_view(), name="item_detail"),
    path("de-nghi/dong/<int:pk>/ghi-chu/", views.ItemNote.as_view(), name="item_note"),
    path("de-nghi/dong/<int:pk>/y-kien/", views.OpinionGive.as_view(), name="opinion_give"),
    path("de-nghi/dong/<int:pk>/chuyen/<slug:move>/", views.ItemMove.as_view(), name="item_move"),
]
