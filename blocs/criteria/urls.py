"""Where the pages of “bảng chấm điểm” are."""

from blocs.criteria.views import (
    amendments,
    criteria,
    criterion_acts,
    groups,
    rule_changes,
    table_files,
    tables,
)
from thidua.common.pages.addresses import page
from thidua.papers.addresses import paper

app_name = "criteria"
urlpatterns = [
    page("nam-thi-dua/<int:year_pk>/so-sanh-quy-dinh/", rule_changes.RuleChanges),
    *paper("nam-thi-dua/<int:year_pk>/so-sanh-quy-dinh", rule_changes.RuleChangesPaperPage),
    page("nam-thi-dua/<int:year_pk>/nhom-don-vi/", groups.UnitGroupList),
    page("nam-thi-dua/<int:year_pk>/nhom-don-vi/them/", groups.UnitGroupNew),
    page("nhom-don-vi/<int:pk>/", groups.UnitGroupEdit),
    page("nhom-don-vi/<int:pk>/xoa/", groups.UnitGroupRemove),
    page("nam-thi-dua/<int:year_pk>/bang-diem/", tables.YearTable),
    page("nam-thi-dua/<int:year_pk>/bang-diem/lap/", table_files.TableNew),
    page("nam-thi-dua/<int:year_pk>/bang-diem/lap/tu-tep/", table_files.TableConfirm),
    page("nam-thi-dua/<int:year_pk>/bang-diem/mau.xlsx", table_files.TableBlank),
    page("bang-diem/<int:pk>/", tables.TableDetail),
    page("bang-diem/<int:pk>/sua/", tables.TableEdit),
    page("bang-diem/<int:pk>/diem/", criterion_acts.TableMaxima),
    page("bang-diem/<int:pk>/nhap/", table_files.TableImport),
    page("bang-diem/<int:pk>/nhap/xac-nhan/", table_files.TableRefill),
    page("bang-diem/<int:pk>/ban-hanh/", tables.TablePublish),
    page("bang-diem/<int:pk>/sua-doi/", amendments.TableAmend),
    page("bang-diem/<int:pk>/noi-dung-sua-doi/", amendments.AmendmentDetail),
    page("bang-diem/<int:pk>/noi-dung-sua-doi/da-xem/", amendments.AmendmentRead),
    page("bang-diem/<int:pk>/gop-y/", tables.TableComment),
    page("bang-diem/<int:pk>/tep.json", table_files.TableJson),
    page("bang-diem/<int:pk>/tep.xlsx", table_files.TableWorkbook),
    page("bang-diem/<int:pk>/tieu-chi/them/", criteria.CriterionNew),
    page("tieu-chi/<int:pk>/sua/", criteria.CriterionEdit),
    page("tieu-chi/<int:pk>/xoa/", criterion_acts.CriterionRemove),
    page("tieu-chi/<int:pk>/chuyen/", criterion_acts.CriterionMove),
    page("tieu-chi/<int:pk>/cho/", criterion_acts.CriterionPlace),
]
