from django.urls import path

from blocs.appraisal.views import assigning, assignments, marks, marks_table

YEAR = "nam-thi-dua/<int:year_pk>/phan-cong-cham"
BODIES = f"{YEAR}/co-quan/"
REPORT = "bao-cao/<int:pk>/"
urlpatterns = [
    path(f"{YEAR}/", assignments.Assignments.as_view(), name="assignments"),
    path(f"{YEAR}.pdf", assignments.AssignmentsPaper.as_view(), name="assignments_paper"),
    path(f"{YEAR}/cham-cheo/", assigning.PairsEdit.as_view(), name="pairs_edit"),
    path(f"{YEAR}/to-tham-dinh/", assigning.GroupEdit.as_view(), name="group_edit"),
    path(f"{BODIES}xac-nhan/", assigning.BodiesConfirm.as_view(), name="bodies_confirm"),
    path(f"{BODIES}them/", assigning.BodyEdit.as_view(), name="body_add"),
    path(f"{BODIES}<int:unit_pk>/", assigning.BodyEdit.as_view(), name="body_edit"),
    path("phan-cong/", marks.AssignmentList.as_view(), name="assignment_list"),
    path("phan-cong/<int:pk>/cham/", marks.MarkEdit.as_view(), name="mark_edit"),
    path(f"{REPORT}diem-cham/", marks_table.MarksTable.as_view(), name="marks_table"),
    path(f"{REPORT}gop-diem/", marks_table.MarksCombine.as_view(), name="marks_combine"),
    path(f"{REPORT}mo-vong-cham/", marks_table.RoundOpen.as_view(), name="round_open"),
]
