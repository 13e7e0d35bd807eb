"""Where the pages of “bảng chấm điểm” are."""

from django.urls import path

from blocs.criteria.views import (
    amendments,
    criteria,
    criterion_acts,
    rule_changes,
    table_files,
    tables,
)

app_name = "criteria"
urlpatterns = [
    path(
        "nam-thi-dua/<int:year_pk>/so-sanh-quy-dinh/",
        rule_changes.RuleChanges.as_view(),
        name="rule_changes",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/so-sanh-quy-dinh.pdf",
        rule_changes.RuleChangesPaperPage.as_view(),
        name="rule_changes_paper",
    ),
    path("nam-thi-dua/<int:year_pk>/bang-diem/", tables.YearTable.as_view(), name="year_table"),
    path(
        "nam-thi-dua/<int:year_pk>/bang-diem/lap/", table_files.TableNew.as_view(), name="table_new"
    ),
    path(
        "nam-thi-dua/<int:year_pk>/bang-diem/lap/tu-tep/",
        table_files.TableConfirm.as_view(),
        name="table_confirm",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/bang-diem/mau.xlsx",
        table_files.TableBlank.as_view(),
        name="table_blank",
    ),
    path("bang-diem/<int:pk>/", tables.TableDetail.as_view(), name="table_detail"),
    path("bang-diem/<int:pk>/sua/", tables.TableEdit.as_view(), name="table_edit"),
    path("bang-diem/<int:pk>/diem/", criterion_acts.TableMaxima.as_view(), name="table_maxima"),
    path("bang-diem/<int:pk>/nhap/", table_files.TableImport.as_view(), name="table_import"),
    path(
        "bang-diem/<int:pk>/nhap/xac-nhan/", table_files.TableRefill.as_view(), name="table_refill"
    ),
    path("bang-diem/<int:pk>/ban-hanh/", tables.TablePublish.as_view(), name="table_publish"),
    path("bang-diem/<int:pk>/sua-doi/", amendments.TableAmend.as_view(), name="table_amend"),
    path(
        "bang-diem/<int:pk>/noi-dung-sua-doi/",
        amendments.AmendmentDetail.as_view(),
        name="amendment_detail",
    ),
    path(
        "bang-diem/<int:pk>/noi-dung-sua-doi/da-xem/",
        amendments.AmendmentRead.as_view(),
        name="amendment_read",
    ),
    path("bang-diem/<int:pk>/gop-y/", tables.TableComment.as_view(), name="table_comment"),
    path("bang-diem/<int:pk>/tep.json", table_files.TableJson.as_view(), name="table_json"),
    path("bang-diem/<int:pk>/tep.xlsx", table_files.TableWorkbook.as_view(), name="table_workbook"),
    path(
        "bang-diem/<int:pk>/tieu-chi/them/", criteria.CriterionNew.as_view(), name="criterion_new"
    ),
    path("tieu-chi/<int:pk>/sua/", criteria.CriterionEdit.as_view(), name="criterion_edit"),
    path(
        "tieu-chi/<int:pk>/xoa/", criterion_acts.CriterionRemove.as_view(), name="criterion_remove"
    ),
    path(
        "tieu-chi/<int:pk>/chuyen/", criterion_acts.CriterionMove.as_view(), name="criterion_move"
    ),
    path("tieu-chi/<int:pk>/cho/", criterion_acts.CriterionPlace.as_view(), name="criterion_place"),
]
