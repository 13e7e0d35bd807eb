from django.urls import path

from blocs.criteria.views import amendments, criteria, criterion_acts, table_files, tables

YEAR = "nam-thi-dua/<int:year_pk>/bang-diem/"
TABLE = "bang-diem/<int:pk>/"
LINE = "tieu-chi/<int:pk>/"
urlpatterns = [
    path(YEAR, tables.YearTable.as_view(), name="year_table"),
    path(f"{YEAR}lap/", table_files.TableNew.as_view(), name="table_new"),
    path(f"{YEAR}lap/tu-tep/", table_files.TableConfirm.as_view(), name="table_confirm"),
    path(f"{YEAR}mau.xlsx", table_files.TableBlank.as_view(), name="table_blank"),
    path(TABLE, tables.TableDetail.as_view(), name="table_detail"),
    path(f"{TABLE}sua/", tables.TableEdit.as_view(), name="table_edit"),
    path(f"{TABLE}diem/", criterion_acts.TableMaxima.as_view(), name="table_maxima"),
    path(f"{TABLE}nhap/", table_files.TableImport.as_view(), name="table_import"),
    path(f"{TABLE}nhap/xac-nhan/", table_files.TableRefill.as_view(), name="table_refill"),
    path(f"{TABLE}ban-hanh/", tables.TablePublish.as_view(), name="table_publish"),
    path(f"{TABLE}sua-doi/", amendments.TableAmend.as_view(), name="table_amend"),
    path(
        f"{TABLE}noi-dung-sua-doi/", amendments.AmendmentDetail.as_view(), name="amendment_detail"
    ),
    path(
        f"{TABLE}noi-dung-sua-doi/da-xem/",
        amendments.AmendmentRead.as_view(),
        name="amendment_read",
    ),
    path(f"{TABLE}gop-y/", tables.TableComment.as_view(), name="table_comment"),
    path(f"{TABLE}tep.json", table_files.TableJson.as_view(), name="table_json"),
    path(f"{TABLE}tep.xlsx", table_files.TableWorkbook.as_view(), name="table_workbook"),
    path(f"{TABLE}tieu-chi/them/", criteria.CriterionNew.as_view(), name="criterion_new"),
    path(f"{LINE}sua/", criteria.CriterionEdit.as_view(), name="criterion_edit"),
    path(f"{LINE}xoa/", criterion_acts.CriterionRemove.as_view(), name="criterion_remove"),
    path(f"{LINE}chuyen/", criterion_acts.CriterionMove.as_view(), name="criterion_move"),
    path(f"{LINE}cho/", criterion_acts.CriterionPlace.as_view(), name="criterion_place"),
]
