"""Where the pages of “thẩm định” are."""

from django.urls import path

from blocs.appraisal.views import (
    appeals,
    assigning,
    assignments,
    corrections,
    deviations,
    marks,
    marks_table,
)

app_name = "appraisal"
urlpatterns = [
    path("bao-cao/<int:pk>/kien-nghi/", appeals.AppealList.as_view(), name="appeal_list"),
    path(
        "bao-cao/<int:pk>/kien-nghi/<int:criterion_pk>/",
        appeals.AppealEdit.as_view(),
        name="appeal_edit",
    ),
    path("kien-nghi/<int:pk>/tra-loi/", appeals.AppealAnswer.as_view(), name="appeal_answer"),
    path(
        "kien-nghi/<int:pk>/chuyen/<slug:move>/", appeals.AppealMove.as_view(), name="appeal_move"
    ),
    path(
        "nam-thi-dua/<int:year_pk>/phan-cong-cham/",
        assignments.Assignments.as_view(),
        name="assignments",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/phan-cong-cham.pdf",
        assignments.AssignmentsPaperPage.as_view(),
        name="assignments_paper",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/phan-cong-cham/cham-cheo/",
        assigning.PairsEdit.as_view(),
        name="pairs_edit",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/phan-cong-cham/to-tham-dinh/",
        assigning.GroupEdit.as_view(),
        name="group_edit",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/phan-cong-cham/co-quan/xac-nhan/",
        assigning.BodiesConfirm.as_view(),
        name="bodies_confirm",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/phan-cong-cham/co-quan/them/",
        assigning.BodyEdit.as_view(),
        name="body_add",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/phan-cong-cham/co-quan/<int:unit_pk>/",
        assigning.BodyEdit.as_view(),
        name="body_edit",
    ),
    path("phan-cong/", marks.AssignmentList.as_view(), name="assignment_list"),
    path("phan-cong/<int:pk>/cham/", marks.MarkEdit.as_view(), name="mark_edit"),
    path("bao-cao/<int:pk>/diem-cham/", marks_table.MarksTable.as_view(), name="marks_table"),
    path("bao-cao/<int:pk>/gop-diem/", marks_table.MarksCombine.as_view(), name="marks_combine"),
    path("bao-cao/<int:pk>/mo-vong-cham/", marks_table.RoundOpen.as_view(), name="round_open"),
    path(
        "nam-thi-dua/<int:year_pk>/doi-chieu-diem/",
        deviations.YearPoints.as_view(),
        name="year_points",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/dau-hieu-hinh-thuc/",
        deviations.YearSigns.as_view(),
        name="year_signs",
    ),
    path("bao-cao/<int:pk>/doi-chieu/", deviations.ReportDeviation.as_view(), name="deviation"),
    path(
        "bao-cao/<int:pk>/yeu-cau-sua/",
        corrections.CorrectionEdit.as_view(),
        name="correction_edit",
    ),
    path(
        "bao-cao/<int:pk>/kiem-tra-lai/",
        corrections.CorrectionCheck.as_view(),
        name="correction_check",
    ),
    path(
        "bao-cao/<int:pk>/sua-theo-yeu-cau/",
        corrections.CorrectionSheet.as_view(),
        name="correction_sheet",
    ),
]
