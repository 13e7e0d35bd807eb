"""Where the pages of “thẩm định” are."""

from blocs.appraisal.views import (
    appeal_list,
    appeals,
    assigning,
    assignments,
    corrections,
    deviations,
    ending_rounds,
    mark_cells,
    marks,
    marks_table,
)
from thidua.common.pages.addresses import page
from thidua.papers.addresses import paper

app_name = "appraisal"
urlpatterns = [
    page("bao-cao/<int:pk>/kien-nghi/", appeal_list.AppealList),
    page("bao-cao/<int:pk>/kien-nghi/<int:criterion_pk>/", appeals.AppealEdit),
    page("kien-nghi/<int:pk>/tra-loi/", appeals.AppealAnswer),
    page("kien-nghi/<int:pk>/chuyen/<slug:move>/", appeals.AppealMove),
    page("nam-thi-dua/<int:year_pk>/phan-cong-cham/", assignments.Assignments),
    *paper("nam-thi-dua/<int:year_pk>/phan-cong-cham", assignments.AssignmentsPaperPage),
    page("nam-thi-dua/<int:year_pk>/phan-cong-cham/cham-cheo/", assigning.PairsEdit),
    page("nam-thi-dua/<int:year_pk>/phan-cong-cham/to-tham-dinh/", assigning.GroupEdit),
    page("nam-thi-dua/<int:year_pk>/phan-cong-cham/co-quan/xac-nhan/", assigning.BodiesConfirm),
    page("nam-thi-dua/<int:year_pk>/phan-cong-cham/co-quan/them/", assigning.BodyEdit, "body_add"),
    page("nam-thi-dua/<int:year_pk>/phan-cong-cham/co-quan/<int:unit_pk>/", assigning.BodyEdit),
    page("nam-thi-dua/<int:year_pk>/phan-cong-cham/ket-thuc-vong/", ending_rounds.RoundEnd),
    page("phan-cong/", marks.AssignmentList),
    page("phan-cong/<int:pk>/cham/", marks.MarkEdit),
    page("phan-cong/<int:pk>/cham/o/", mark_cells.MarkAutosave),
    page("bao-cao/<int:pk>/diem-cham/", marks_table.MarksTable),
    page("bao-cao/<int:pk>/gop-diem/", marks_table.MarksCombine),
    page("bao-cao/<int:pk>/mo-vong-cham/", marks_table.RoundOpen),
    page("nam-thi-dua/<int:year_pk>/doi-chieu-diem/", deviations.YearPoints),
    page("nam-thi-dua/<int:year_pk>/dau-hieu-hinh-thuc/", deviations.YearSigns),
    page("bao-cao/<int:pk>/doi-chieu/", deviations.ReportDeviation, "deviation"),
    page("bao-cao/<int:pk>/yeu-cau-sua/", corrections.CorrectionEdit),
    page("bao-cao/<int:pk>/kiem-tra-lai/", corrections.CorrectionCheck),
    page("bao-cao/<int:pk>/sua-theo-yeu-cau/", corrections.CorrectionSheet),
]
