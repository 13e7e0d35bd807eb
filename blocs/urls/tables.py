from django.urls import path

from blocs.views import criteria, tables

YEAR = "nam-thi-dua/<int:year_pk>/bang-diem/"
TABLE = "bang-diem/<int:pk>/"
LINE = "tieu-chi/<int:pk>/"
urlpatterns = [
    path(YEAR, tables.YearTable.as_view(), name="year_table"),
    path(f"{YEAR}lap/", tables.TableNew.as_view(), name="table_new"),
    path(TABLE, tables.TableDetail.as_view(), name="table_detail"),
    path(f"{TABLE}sua/", tables.TableEdit.as_view(), name="table_edit"),
    path(f"{TABLE}ban-hanh/", tables.TablePublish.as_view(), name="table_publish"),
    path(f"{TABLE}gop-y/", tables.TableComment.as_view(), name="table_comment"),
    path(f"{TABLE}tep.json", tables.TableJson.as_view(), name="table_json"),
    path(f"{TABLE}tieu-chi/them/", criteria.CriterionNew.as_view(), name="criterion_new"),
    path(f"{LINE}sua/", criteria.CriterionEdit.as_view(), name="criterion_edit"),
    path(f"{LINE}xoa/", criteria.CriterionRemove.as_view(), name="criterion_remove"),
    path(f"{LINE}chuyen/", criteria.CriterionMove.as_view(), name="criterion_move"),
]
