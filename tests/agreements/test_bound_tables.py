"""What units have signed or begun by is changed by a numbered amendment and by nothing else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.models import Signature
from blocs.criteria.models import Criterion, ScoringTable
from blocs.criteria.workflows import USE_AMENDMENT
from blocs.states import SeatRole, TableState, YearState
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import ScoringTableFactory, small_table, year_with_members
from tests.factories.people import UserFactory, editor_of, official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
ALL_SIGNED = "Giao ước thi đua đã có chữ ký của 03 đơn vị."
REASON = "Theo kết luận hội nghị sơ kết."


def page(table, name="table_detail"):
    return reverse(f"criteria:{name}", args=(table.pk,))


def signed_year(by=3, state=YearState.IN_PROGRESS, voided=0):
    """A year with version 1 in force and an agreement that some units have signed."""
    year = year_with_members(3, state=state)
    small_table(year)
    agreement = AgreementFactory(bloc_year=year, signing=True)
    for place, member in enumerate(year.members.all()[:by]):
        Signature.objects.create(
            agreement=agreement,
            unit=member.unit,
            signer_name="Nguyễn Văn A",
            signer_title="Giám đốc",
            signed_by=UserFactory(),
            signed_at=timezone.now(),
            revision=1,
            voided_at=timezone.now() if place < voided else None,
        )
    return year


def other_table(year):
    """A draft of other lines, begun by «Lập phiên bản mới»."""
    table = ScoringTableFactory(bloc_year=year, version=2, title="Bảng khác")
    Criterion.objects.create(
        table=table, code="X", name="Nội dung khác", kind="direct", max_points=100
    )
    return table


def issue(client, table):
    client.force_login(official(SeatRole.OFFICE))
    return client.post(page(table, "table_publish"))


@pytest.mark.parametrize(
    ("by", "state", "reasons"),
    [
        (3, YearState.IN_PROGRESS, [ALL_SIGNED, "Năm thi đua đã sang bước “Đang thực hiện”."]),
        # From the first signature on, also while the others have not signed yet.
        (1, YearState.OPEN, ["Giao ước thi đua đã có chữ ký của 01 đơn vị."]),
        # Agreed without an agreement in the program.
        (0, YearState.AGREED, ["Năm thi đua đã sang bước “Đã ký giao ước”."]),
    ],
)
def test_a_whole_new_table_is_not_issued_after_the_first_signature(client, by, state, reasons):
    year = signed_year(by, state)
    answer = issue(client, other_table(year))
    assert answer.status_code == 422
    assert answer.context["obstacles"] == [*reasons, USE_AMENDMENT.format(1)]
    assert ScoringTable.objects.in_force(year).get().version == 1


def test_before_the_first_signature_a_table_is_replaced_and_the_page_names_it(client):
    year = signed_year(2, YearState.OPEN, voided=2)
    table = other_table(year)
    client.force_login(official(SeatRole.OFFICE))
    shown = client.get(page(table, "table_publish"))
    day = f"{timezone.localtime(year.tables.get(version=1).published_at):%d/%m/%Y}"
    assert shown.context["replaces"] == [
        f"Ban hành bản này thì phiên bản 1 “Bảng chấm điểm thi đua”, ban hành ngày {day}, không "
        "còn áp dụng và chuyển sang “Đã thay thế”; vẫn xem lại được."
    ]
    text = shown.content.decode()
    assert "Khác với phiên bản 1 đang áp dụng" in text
    assert "Hoàn thành nhiệm vụ được giao" in text
    assert issue(client, table).status_code == 302
    states = list(year.tables.order_by("version").values_list("state", flat=True))
    assert states == [TableState.SUPERSEDED, TableState.PUBLISHED]


def test_the_page_of_a_first_table_says_that_it_replaces_none(client):
    table = other_table(year_with_members(state=YearState.OPEN))
    client.force_login(official(SeatRole.OFFICE))
    assert client.get(page(table, "table_publish")).context["replaces"] == [
        "Năm này chưa có bảng đang áp dụng; bản này là bảng đầu tiên có hiệu lực."
    ]


def test_competent_bodies_that_lose_their_lines_are_named_before(client):
    year = signed_year(0, YearState.OPEN)
    body = year.bodies.create(unit=year.deputy)
    body.criteria.set(year.tables.get().criteria.filter(kind="direct"))
    client.force_login(official(SeatRole.OFFICE))
    shown = client.get(page(other_table(year), "table_publish"))
    assert shown.context["replaces"][1:] == [
        "Lĩnh vực của 01 cơ quan chuyên môn gắn với phiên bản 1 phải phân công lại."
    ]


def test_a_draft_becomes_the_numbered_amendment_and_the_units_are_told(client):
    year = signed_year()
    table = other_table(year)
    secretary = editor_of(year.head)
    client.force_login(secretary)
    assert "Chuyển thành bản sửa đổi" in client.get(page(table)).content.decode()
    answer = client.post(page(table, "table_amend"), {"reason": REASON, "basis": ""})
    assert answer.status_code == 302
    table.refresh_from_db()
    assert (table.amends.version, table.amendment, table.amendment_reason) == (1, 1, REASON)
    newest = ActivityEntry.objects.about(table).first()
    assert (newest.label, newest.note) == ("Chuyển dự thảo thành bản sửa đổi lần 1", REASON)
    assert issue(client, table).status_code == 302
    table.refresh_from_db()
    assert (table.state, year.tables.get(version=1).state) == ("published", "superseded")
    assert table.amendment_changes[0] == [
        "I Nội dung khác",
        "thêm mục",
        "(không có)",
        "100 điểm. Chấm điểm trực tiếp. Chấm từ 0 đến 100 điểm.",
    ]
    client.force_login(editor_of(year.deputy))
    assert "sửa đổi lần 1" in client.get("/").content.decode()


def test_in_a_bound_year_the_table_in_force_offers_its_amendment_alone(client):
    year = signed_year()
    client.force_login(editor_of(year.head))
    shown = client.get(page(year.tables.get())).context
    assert (shown["may_start"], shown["may_amend"], shown["may_turn"]) == (False, True, False)
    free = signed_year(0, YearState.OPEN)
    client.force_login(editor_of(free.head))
    shown = client.get(page(free.tables.get())).context
    assert (shown["may_start"], shown["may_amend"], shown["may_turn"]) == (True, True, False)


def test_a_first_draft_amends_nothing(client):
    year = year_with_members(state=YearState.IN_PROGRESS)
    table = other_table(year)
    client.force_login(editor_of(year.head))
    answer = client.post(page(table, "table_amend"), {"reason": REASON, "basis": ""})
    sentence = "Năm này chưa có bảng đang áp dụng để sửa đổi. Hãy ban hành dự thảo."
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
