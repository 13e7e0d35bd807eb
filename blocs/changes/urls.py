"""Where the pages of what changes in a running year are: its members, its head."""

from blocs.changes.views import leaders, member_changes
from thidua.common.pages.addresses import page

app_name = "changes"
urlpatterns = [
    page("nam-thi-dua/<int:year_pk>/thanh-vien/thay-doi/", member_changes.MemberChangeList),
    page("nam-thi-dua/<int:year_pk>/thanh-vien/thay-doi/ghi/", member_changes.MemberChangeNew),
    page("nam-thi-dua/<int:year_pk>/khoi-truong/", leaders.LeaderList),
    page("nam-thi-dua/<int:year_pk>/khoi-truong/thay-doi/", leaders.LeaderEdit),
    page("thay-doi-khoi-truong/<int:pk>/huy/", leaders.LeaderCancel),
    page("thay-doi-thanh-phan/<int:pk>/", member_changes.MemberChangeDetail),
    page("thay-doi-thanh-phan/<int:pk>/da-xem/", member_changes.MemberChangeRead),
    page("thay-doi-thanh-phan/<int:pk>/huy/", member_changes.MemberChangeCancel),
]
