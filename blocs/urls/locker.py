from django.urls import path

from blocs.reports.views import locker

LOCKER = "minh-chung/"
urlpatterns = [
    path(LOCKER, locker.LockerList.as_view(), name="locker_list"),
    path(f"{LOCKER}tai-len/", locker.LockerUpload.as_view(), name="locker_upload"),
    path(f"{LOCKER}<int:pk>/xem/", locker.LockerDetail.as_view(), name="locker_detail"),
    path(f"{LOCKER}<int:pk>/thoi-han/", locker.LockerExpiry.as_view(), name="locker_expiry"),
    path(f"{LOCKER}<int:pk>/xoa/", locker.LockerDelete.as_view(), name="locker_delete"),
    path(
        "bao-cao/<int:pk>/minh-chung/<int:criterion_pk>/chon-tu-kho/",
        locker.LockerUse.as_view(),
        name="locker_use",
    ),
]
