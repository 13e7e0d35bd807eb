"""Where the pages of “năm thi đua” are."""

from blocs.years.views import (
    amendments,
    leaders,
    member_changes,
    members,
    regulation,
    rule_bases,
    years,
)
from thidua.common.pages.addresses import page

app_name = "years"
urlpatterns = [
    page(
        "nam-thi-dua/<int:year_pk>/quy-dinh-cham-diem/",
        regulation.ScoringRulesDetail,
        "scoring_rules",
    ),
    page("nam-thi-dua/<int:year_pk>/quy-dinh-cham-diem/sua/", regulation.ScoringRulesEdit),
    page("nam-thi-dua/", years.YearList),
    page("nam-thi-dua/lap/", years.YearNew),
    page("nam-thi-dua/<int:year_pk>/", years.YearDetail),
    page("nam-thi-dua/<int:year_pk>/sua/", years.YearEdit),
    page("nam-thi-dua/<int:year_pk>/quy-dinh/", regulation.YearRulesEdit, "year_rules"),
    page("sua-doi-quy-dinh/<int:pk>/", amendments.RulesAmendmentDetail),
    page("sua-doi-quy-dinh/<int:pk>/da-xem/", amendments.RulesAmendmentRead),
    page("sua-doi-quy-dinh/<int:pk>/van-ban.pdf", amendments.RulesAmendmentPaper),
    page("nam-thi-dua/<int:year_pk>/thanh-vien/", members.YearMembers),
    page("nam-thi-dua/<int:year_pk>/thanh-vien/thay-doi/", member_changes.MemberChangeList),
    page("nam-thi-dua/<int:year_pk>/thanh-vien/thay-doi/ghi/", member_changes.MemberChangeNew),
    page("nam-thi-dua/<int:year_pk>/khoi-truong/", leaders.LeaderList),
    page("nam-thi-dua/<int:year_pk>/khoi-truong/thay-doi/", leaders.LeaderEdit),
    page("thay-doi-khoi-truong/<int:pk>/huy/", leaders.LeaderCancel),
    page("thay-doi-thanh-phan/<int:pk>/", member_changes.MemberChangeDetail),
    page("thay-doi-thanh-phan/<int:pk>/da-xem/", member_changes.MemberChangeRead),
    page("thay-doi-thanh-phan/<int:pk>/huy/", member_changes.MemberChangeCancel),
    page("nam-thi-dua/<int:year_pk>/chuyen/<slug:move>/", years.YearMove),
    page("nam-thi-dua/<int:year_pk>/can-cu-quy-dinh/", rule_bases.RuleBasesEdit),
]
