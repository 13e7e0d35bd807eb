"""Two people at one form: nothing is lost, the second is told, sees both and may save again."""

import ast
import html
import re
from datetime import date

import pytest
from django.urls import reverse

from blocs.conferences.models import Conference
from blocs.conferences.models.decided_orders import order_words
from blocs.reports.models import Evidence
from blocs.states import SeatRole, TableState, YearState
from blocs.units.models import Membership
from blocs.years.models import Registration, Regulation
from blocs.years.models.work_calendar import Holiday
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import AwardKindFactory, DecisionFactory, ProposalItemFactory
from tests.factories.blocs import BlocFactory, UnitFactory, small_table, year_with_members
from tests.factories.conferences import conference_of, conference_of_equals, units_of
from tests.factories.groups import group
from tests.factories.legal import LegalDocumentFactory
from tests.factories.people import UserFactory, editor_of, leader_of, official
from tests.factories.reports import in_state, member_report, submitted_report
from tests.house.source import ROOT
from tests.house.walk import NAMES
from tests.page_forms import fields_of
from thidua.common.changes import said
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
STAMPS = ROOT / "thidua/common/stamps.py"
EVENT = re.compile(
    "người khác (?:vừa|đã) (?:lưu|sửa|đổi|ghi)|có người vừa|đã thay đổi sau khi", re.IGNORECASE
)
REFUSALS = {
    "ValidationError",
    "OvertakenError",
    "OvertakenRowsError",
    "WorkbookFaultsError",
    "YearFileError",
}


# What the form calls otherwise than the object.
STORED = {(Conference, "reason"): "equal_order_reason"}


def offices():
    return official(SeatRole.OFFICE), official(SeatRole.OFFICE)


def secretaries(year):
    return editor_of(year.head), editor_of(year.head)


def unit():
    made = UnitFactory()
    return made, reverse("units:unit_edit", args=(made.pk,)), offices()


def bloc():
    made = BlocFactory()
    return made, reverse("units:bloc_edit", args=(made.pk,)), offices()


def rotation():
    made = Membership.objects.create(
        bloc=BlocFactory(), unit=UnitFactory(), starts_on=date(2020, 1, 1), turn=1
    ).bloc
    made.rotation_basis = "Quy chế"
    made.save()
    return made, reverse("units:bloc_rotation", args=(made.pk,)), offices()


def spelling():
    """A form that a second writer has to send with the reason of the first."""
    made = UnitFactory()
    return made, reverse("units:unit_spelling", args=(made.pk,)), offices()


def year():
    made = year_with_members(state=YearState.PLANNED)
    return made, reverse("years:year_edit", args=(made.pk,)), offices()


def rules():
    year = year_with_members()
    made, _ = Regulation.objects.get_or_create(bloc_year=year)
    return made, reverse("years:year_rules", args=(year.pk,)), offices()


def next_heads():
    made = conference_of()
    url = reverse("conferences:next_heads_edit", args=(made.bloc_year_id,))
    return made, url, secretaries(made.bloc_year)


def delegate():
    made = conference_of()
    year, attendance = made.bloc_year, made.attendances.get(unit=made.bloc_year.head)
    url = reverse("conferences:delegate_edit", args=(year.pk, year.head_id))
    return attendance, url, (leader_of(year.head), leader_of(year.head))


def person():
    made = UserFactory()
    url = reverse("units:person_edit", args=(made.pk,))
    return made, url, (official(SeatRole.SYSADMIN), official(SeatRole.SYSADMIN))


def agreement():
    made = AgreementFactory()
    made.targets.create(order=1, name="Sáng kiến", measure="sáng kiến", planned=40)
    url = reverse("agreements:agreement_edit", args=(made.bloc_year_id,))
    return made, url, secretaries(made.bloc_year)


def proposal():
    made = ProposalItemFactory().proposal
    url = reverse("proposals:proposal_edit", args=(made.bloc_year_id,))
    return made, url, secretaries(made.bloc_year)


def decision():
    made = DecisionFactory()
    ProposalItemFactory(state="eligible", proposal__received=True, decision=made)
    return made, reverse("decisions:decision_edit", args=(made.pk,)), offices()


def award_kind():
    made = AwardKindFactory()
    return made, reverse("proposals:kind_edit", args=(made.pk,)), offices()


def legal_document():
    made = LegalDocumentFactory()
    return made, reverse("legal:legal_document_edit", args=(made.pk,)), offices()


def scoring_rules():
    year = year_with_members()
    made, _ = Regulation.objects.get_or_create(bloc_year=year)
    return made, reverse("years:scoring_rules_edit", args=(year.pk,)), offices()


def holiday():
    made = Holiday.objects.create(day=date(2027, 2, 5), name="Tết Nguyên đán")
    return made, reverse("holidays:holiday_edit", args=(made.pk,)), offices()


def expiry():
    unit = UnitFactory()
    first, second = editor_of(unit), editor_of(unit)
    facts = {"name": "Báo cáo.pdf", "content_type": "application/pdf", "size": 1}
    made = Evidence.objects.create(unit=unit, uploaded_by=first, **facts)
    url = reverse("reports:locker_expiry", args=(made.pk,))
    return made, url, (first, second)


def table():
    made = small_table(year_with_members(), published=False, state=TableState.DRAFT)
    url = reverse("criteria:table_edit", args=(made.pk,))
    return made, url, secretaries(made.bloc_year)


def unit_group():
    made = group(year_with_members(state=YearState.OPEN), "Hội")
    return made, reverse("criteria:unit_group_edit", args=(made.pk,)), offices()


def criterion():
    draft, _, writers = table()
    made = draft.criteria.get(code="2")
    return made, reverse("criteria:criterion_edit", args=(made.pk,)), writers


def conference():
    made = conference_of()
    url = reverse("conferences:conference_edit", args=(made.bloc_year_id,))
    return made, url, secretaries(made.bloc_year)


def equals():
    """Places between equal units, decided once already: B before A."""
    made = conference_of_equals()
    first, second, _ = units_of(made)
    made.equal_order = [[[first.pk, 2], [second.pk, 1]]]
    made.equal_order_reason = "Biểu quyết"
    made.save()
    return made, made.address("order_edit"), secretaries(made.bloc_year)


def narrative():
    made = member_report()
    url = reverse("reports:report_edit", args=(made.pk,))
    return made, url, (editor_of(made.unit), editor_of(made.unit))


def explanation():
    made = in_state(submitted_report(), "appraised")
    url = reverse("reports:explanation_edit", args=(made.pk,))
    return made, url, (editor_of(made.unit), editor_of(made.unit))


def registration():
    year = year_with_members(state=YearState.OPEN)
    made = Registration.objects.create(bloc_year=year, unit=year.head)
    url = reverse("registrations:registration_edit", args=(made.pk,))
    return made, url, secretaries(year)


def stored(obj, name):
    """What the database says under this name of the form."""
    if name.startswith("chi-tieu"):
        return obj.targets.get().name
    if name.startswith("dong"):
        return obj.items.get().merit
    name = STORED.get((type(obj), name), name)
    return said(getattr(type(obj).objects.get(pk=obj.pk), name))


@pytest.mark.parametrize(
    ("build", "name", "theirs", "ours"),
    (
        (unit, "address", "Số 1 đường Thử", "Số 2 đường Thử"),
        (bloc, "founding_number", "01/QĐ-UBND", "02/QĐ-UBND"),
        (rotation, "rotation_basis", "Quy chế số 1", "Quy chế số 2"),
        (spelling, "name", "Sở Giao thông", "Sở Giao Thông"),
        (year, "head_basis", "Thông báo số 1", "Thông báo số 2"),
        (rules, "flags", "2", "3"),
        (next_heads, "next_head_basis", "Thống nhất lần một", "Thống nhất lần hai"),
        (delegate, "delegate_name", "Nguyễn Văn A", "Trần Thị B"),
        (person, "full_name", "Nguyễn Văn A", "Trần Thị B"),
        (agreement, "contents", "Nội dung thứ nhất", "Nội dung thứ hai"),
        (agreement, "chi-tieu-0-name", "Sáng kiến cấp cơ sở", "Sáng kiến cấp tỉnh"),
        (proposal, "summary", "Nhận xét thứ nhất", "Nhận xét thứ hai"),
        (proposal, "dong-0-merit", "Thành tích thứ nhất", "Thành tích thứ hai"),
        (decision, "title", "Về việc thứ nhất", "Về việc thứ hai"),
        (award_kind, "name", "Cờ thứ nhất", "Cờ thứ hai"),
        (legal_document, "issuer", "Bộ Nội vụ", "Bộ trưởng Bộ Nội vụ"),
        (scoring_rules, "late_grace_days", "2", "3"),
        (holiday, "name", "Nghỉ Tết Âm lịch", "Nghỉ Tết Đinh Mùi"),
        (expiry, "expires_on", "31/12/2027", "31/12/2028"),
        (table, "title", "Bảng thứ nhất", "Bảng thứ hai"),
        (unit_group, "name", "Hội đặc thù", "Các hội"),
        (criterion, "measure", "phần trăm", "hồ sơ"),
        (conference, "place", "Hội trường thứ nhất", "Hội trường thứ hai"),
        (equals, "reason", "Biểu quyết lần một", "Biểu quyết lần hai"),
        (narrative, "results", "Kết quả thứ nhất", "Kết quả thứ hai"),
        (explanation, "explanation", "Giải trình thứ nhất", "Giải trình thứ hai"),
        (registration, "titles", "Cờ thi đua", "Bằng khen"),
    ),
)
def test_second_writer_is_told_and_loses_nothing(client, build, name, theirs, ours):
    obj, url, (first, second) = build()
    client.force_login(first)
    opened = fields_of(client.get(url))
    if "reason" in opened:
        opened["reason"] = "viết nhầm"
    assert client.post(url, opened | {name: theirs}).status_code == 302

    client.force_login(second)
    answer = client.post(url, opened | {name: ours})
    assert answer.status_code == 409
    text = html.unescape(answer.content.decode())
    assert theirs in text
    assert "gười khác đã lưu: “" in text
    assert f"({first}, " in text
    assert fields_of(answer)[name] == [ours]
    assert stored(obj, name) == theirs

    assert client.post(url, fields_of(answer)).status_code == 302
    assert stored(obj, name) == ours


@pytest.mark.parametrize(
    "build",
    (
        unit,
        bloc,
        rotation,
        year,
        rules,
        next_heads,
        delegate,
        person,
        agreement,
        proposal,
        decision,
        award_kind,
        legal_document,
        scoring_rules,
        holiday,
        expiry,
        table,
        criterion,
        conference,
        equals,
        narrative,
        explanation,
        registration,
    ),
)
def test_saving_what_is_there_already_disturbs_nobody(client, build):
    _, url, (first, second) = build()
    client.force_login(first)
    opened = fields_of(client.get(url))
    assert client.post(url, opened).status_code == 302
    client.force_login(second)
    assert client.post(url, opened).status_code == 302
    assert ActivityEntry.objects.count() == 0


def test_second_writer_of_an_order_sees_both_orders(client):
    """Its places are one value of the log book, and no field of the form is called like it."""
    made, url, (first, second) = equals()
    ours, theirs = (f"place-{unit.pk}" for unit in units_of(made)[:2])
    client.force_login(first)
    opened = fields_of(client.get(url))
    assert client.post(url, opened | {ours: "1", theirs: "2"}).status_code == 302

    client.force_login(second)
    answer = client.post(url, opened | {ours: "1", theirs: "1"})
    assert answer.status_code == 409
    sentence = (
        f"Thứ hạng của các đơn vị bằng nhau: người khác đã lưu: “Sở A: 1; Sở B: 2” ({first}, "
    )
    assert sentence in html.unescape(answer.content.decode())
    made.refresh_from_db()
    assert order_words(made)["order"] == "Sở A: 1; Sở B: 2"

    assert client.post(url, fields_of(answer)).status_code == 302
    made.refresh_from_db()
    assert order_words(made)["order"] == "Sở A: 1; Sở B: 1"


def test_second_writer_of_the_members_sees_both_lists(client):
    year = year_with_members(state=YearState.PLANNED)
    url = reverse("years:year_members", args=(year.pk,))
    first, second = offices()
    last = year.members.last().unit
    client.force_login(first)
    opened = fields_of(client.get(url))
    fewer = {name: value for name, value in opened.items() if f"-{last.pk}-" not in name}
    assert client.post(url, fewer).status_code == 302

    client.force_login(second)
    order = {f"don-vi-{last.pk}-order": "1", f"don-vi-{year.head_id}-order": "9"}
    answer = client.post(url, opened | order)
    assert answer.status_code == 409
    stored = "; ".join(str(member) for member in year.members.all())
    sentence = f"Thành phần: người khác đã lưu: “{stored}” ({first}, "
    assert sentence in html.unescape(answer.content.decode())
    assert year.members.filter(unit=last).count() == 0

    assert client.post(url, fields_of(answer)).status_code == 302
    assert year.members.last().unit_id == year.head_id


def sentences_of_the_event(text):
    return EVENT.findall(text)


def test_the_event_is_worded_in_one_place():
    paths = [
        path
        for name in (*NAMES, "templates", "static")
        for path in ROOT.joinpath(name).rglob("*.*")
        if path.suffix in (".py", ".html", ".js")
    ]
    found = {path: len(sentences_of_the_event(path.read_text())) for path in paths}
    assert {path: count for path, count in found.items() if count} == {STAMPS: 4}


@pytest.mark.parametrize(
    ("text", "count"),
    (
        ("Chưa lưu: người khác vừa đổi phân công.", 1),
        ("Người khác vừa sửa mục này. Hiện đã lưu: {now}.", 1),
        ("Chưa ghi: có người vừa lưu một số tiêu chí trong tệp.", 1),
        ("Chưa gộp: điểm đã thay đổi sau khi anh/chị mở trang.", 1),
        ("Chưa chấm xong thì không xem điểm của người khác.", 0),
    ),
)
def test_the_rule_knows_the_event_in_other_words(text, count):
    assert len(sentences_of_the_event(text)) == count


def test_no_refusal_of_a_third_kind_tells_of_the_event():
    """Two of the classes tell of a second writer, two of all faults of a file at once."""
    found = {
        node.name
        for name in NAMES
        for path in ROOT.joinpath(name).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
        and {base.id for base in node.bases if isinstance(base, ast.Name)} & REFUSALS
    }
    assert found == REFUSALS - {"ValidationError"}
