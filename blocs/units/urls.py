"""Where the pages of “đơn vị, khối, con người” are."""

from blocs.units.views import blocs, ends, names, pauses, people, units
from thidua.common.pages.addresses import page

app_name = "units"
urlpatterns = [
    page("khoi/", blocs.BlocList),
    page("khoi/them/", blocs.BlocNew),
    page("khoi/<int:pk>/", blocs.BlocDetail),
    page("khoi/<int:pk>/sua/", blocs.BlocEdit),
    page("khoi/<int:pk>/doi-ten/", names.BlocRename),
    page("khoi/<int:pk>/doi-ten/huy/", names.BlocRenameUndo),
    page("khoi/<int:pk>/ten/sua-loi/", names.BlocSpelling),
    page("khoi/<int:pk>/ten/<int:number>/sua-loi/", names.BlocSpelling, "bloc_former_spelling"),
    page("khoi/<int:pk>/luan-phien/", blocs.BlocRotation),
    page("khoi/<int:pk>/thanh-vien/them/", blocs.MemberAdd),
    page("khoi/<int:pk>/thanh-vien/dan/", blocs.MemberPaste),
    page("thanh-vien/<int:pk>/roi-khoi/", blocs.MemberEnd),
    page("nguoi-dung/", people.PersonList),
    page("nguoi-dung/them/", people.PersonNew),
    page("nguoi-dung/<int:pk>/", people.PersonDetail),
    page("nguoi-dung/<int:pk>/sua/", people.PersonEdit),
    page("nguoi-dung/<int:pk>/vi-tri/them/", people.SeatNew),
    page("vi-tri/<int:pk>/ket-thuc/", people.SeatEnd),
    page("nguoi-dung/<int:pk>/mat-khau/", people.PersonReset),
    page("nguoi-dung/<int:pk>/ngung/", people.PersonStop),
    page("nguoi-dung/<int:pk>/mo-lai/", people.PersonResume),
    page("nguoi-dung/<int:pk>/bo-tam-dung/", pauses.PauseLift),
    page("tam-dung-dang-nhap/", pauses.PauseList),
    page("nhat-ky-he-thong/", people.LogList),
    page("don-vi/", units.UnitList),
    page("don-vi/them/", units.UnitNew),
    page("don-vi/sap-nhap/", ends.UnitReorganise),
    page("don-vi/<int:pk>/", units.UnitDetail),
    page("don-vi/<int:pk>/sua/", units.UnitEdit),
    page("don-vi/<int:pk>/doi-ten/", names.UnitRename),
    page("don-vi/<int:pk>/doi-ten/huy/", names.UnitRenameUndo),
    page("don-vi/<int:pk>/ten/sua-loi/", names.UnitSpelling),
    page("don-vi/<int:pk>/ten/<int:number>/sua-loi/", names.UnitSpelling, "unit_former_spelling"),
    page("don-vi/<int:pk>/ke-thua/", ends.UnitSuccessionPage),
    page("don-vi/<int:pk>/giai-the/", ends.UnitDissolve),
    page("don-vi/<int:pk>/thoi-hoat-dong/huy/", ends.UnitEndUndo),
]
