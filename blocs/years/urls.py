"""Where the pages of “năm thi đua” are."""

from blocs.years.views import amendments, members, regulation, rule_bases, years
from thidua.common.pages.addresses import page
from thidua.papers.addresses import paper

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
    *paper("sua-doi-quy-dinh/<int:pk>/van-ban", amendments.RulesAmendmentPaper),
    page("nam-thi-dua/<int:year_pk>/thanh-vien/", members.YearMembers),
    page("nam-thi-dua/<int:year_pk>/thanh-vien/ap-dung/", members.MembersApply),
    page("nam-thi-dua/<int:year_pk>/chuyen/<slug:move>/", years.YearMove),
    page("nam-thi-dua/<int:year_pk>/can-cu-quy-dinh/", rule_bases.RuleBasesEdit),
]
