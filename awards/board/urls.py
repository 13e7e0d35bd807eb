"""Where the pages of “hội đồng” are."""

from awards.board import views
from thidua.common.pages.addresses import page

app_name = "board"
urlpatterns = [
    page("de-nghi/dong/<int:pk>/", views.ItemDetail),
    page("de-nghi/dong/<int:pk>/ghi-chu/", views.ItemNote),
    page("de-nghi/dong/<int:pk>/can-cu/", views.ItemBasis),
    page("de-nghi/dong/<int:pk>/trinh-cap-nha-nuoc/", views.ItemForward),
    page("de-nghi/dong/<int:pk>/y-kien/", views.OpinionGive),
    page("de-nghi/dong/<int:pk>/y-kien/can-cu/", views.OpinionBasis),
    page("de-nghi/dong/<int:pk>/chuyen/<slug:move>/", views.ItemMove),
]
