"""«Bước đầu»: what an office has to do once until the program works, read from the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from blocs.legal.models import LegalDocument
from blocs.states import SeatRole
from blocs.units.models import Bloc, Membership, Seat, Unit
from blocs.years.models import AwardKind, BlocYear, YearCalendar
from thidua.accounts.models import User
from thidua.common.vietnamese.province import undeclared

OFFICE, ADMINISTRATOR = "cơ quan thường trực", "quản trị hệ thống"
BY_SERVER = "Người quản trị máy chủ khai báo trong tệp cấu hình."


@dataclass(frozen=True)
class FirstStep:
    """One thing to do, and where; `who` may do it, `url` is empty for who may not."""

    title: str
    is_done: bool
    words: str
    link: str = ""
    url: str = ""
    who: str = ""


@dataclass(frozen=True)
class Written:
    """A step that the database answers: the fact that says it is done, and the page of its act."""

    title: str
    fact: str
    words: str
    link: str
    page: str
    right: str
    who: str = OFFICE


STEPS = (
    Written(
        "Danh mục hình thức khen thưởng",
        "awards",
        "Nạp danh mục có sẵn bằng một nút, rồi đối chiếu từng hình thức với văn bản.",
        "Mở danh mục",
        "proposals:kind_list",
        "years.keep_award_kinds",
    ),
    Written(
        "Lịch nghỉ năm {year}",
        "holidays",
        "Thời hạn tính theo ngày làm việc; lịch dự kiến dùng được nhưng phải được xác nhận.",
        "Xem và xác nhận lịch",
        "holidays:holiday_list",
        "years.keep_holidays",
    ),
    Written(
        "Văn bản pháp lý đang có hiệu lực",
        "legal",
        "Văn bản được gợi ý làm căn cứ trên giấy tờ in ra.",
        "Mở danh sách văn bản",
        "legal:legal_document_list",
        "legal.keep_legal_documents",
    ),
    Written(
        "Khối, cụm thi đua",
        "blocs",
        "Lập từng khối, cụm theo quyết định; ký hiệu dùng khi nhập đơn vị từ danh sách.",
        "Lập khối, cụm",
        "units:bloc_new",
        "units.manage_bloc",
    ),
    Written(
        "Đơn vị",
        "units",
        "Dán bảng hoặc tải tệp Excel: mọi đơn vị một lần.",
        "Nhập đơn vị từ danh sách",
        "units:unit_roster",
        "units.manage_unit",
    ),
    Written(
        "Thành viên của khối, cụm",
        "members",
        "Ngày vào khối lấy theo quyết định, ghi ngay khi nhập đơn vị hoặc ở trang của khối.",
        "Mở các khối, cụm",
        "units:bloc_list",
        "units.manage_bloc",
    ),
    Written(
        "Người dùng của các đơn vị",
        "people",
        "Mọi tài khoản một lần, kèm phiếu mật khẩu để phát.",
        "Nhập người dùng từ danh sách",
        "units:person_roster",
        "units.manage_people",
        ADMINISTRATOR,
    ),
    Written(
        "Năm thi đua đầu tiên",
        "years",
        "Lập năm của một khối, cụm, chọn khối trưởng, kiểm tra thời hạn rồi mở năm.",
        "Lập năm thi đua",
        "years:year_new",
        "years.manage_year",
    ),
)


def facts_on(today: date) -> dict[str, Exists]:
    """What says that a step is done, each as a question to the database."""
    return {
        "awards": Exists(AwardKind.objects.filter(is_active=True)),
        "holidays": Exists(YearCalendar.objects.filter(year=today.year)),
        "legal": Exists(LegalDocument.objects.in_force(today)),
        "blocs": Exists(Bloc.objects.filter(is_active=True)),
        "units": Exists(Unit.objects.standing(today)),
        "members": Exists(Membership.objects.on(today)),
        "people": Exists(Seat.objects.on(today).filter(role=SeatRole.EDITOR)),
        "years": Exists(BlocYear.objects.all()),
    }


def read_facts(user: User, today: date) -> dict[str, bool]:
    """Which steps are done; one query for all."""
    return User.objects.filter(pk=user.pk).values(**facts_on(today)).get()


def first_steps(user: User, today: date) -> list[FirstStep]:
    """The steps in their order, each with the way for who may go it; three queries."""
    facts, lacking = read_facts(user, today), lacking_words(today)
    unsaid = undeclared()
    server = FirstStep(
        "Tên tỉnh và nơi ban hành văn bản",
        not unsaid,
        unsaid or "Đã khai báo; đầu văn bản của khối, đơn vị ghi ở trang của khối, đơn vị.",
        who=BY_SERVER,
    )
    return [server, *(step_of(one, facts, lacking, user, today) for one in STEPS)]


def step_of(
    one: Written, facts: Mapping[str, bool], lacking: Mapping[str, str], user: User, today: date
) -> FirstStep:
    """One step as this person sees it."""
    may = user.has_perm(one.right)
    is_done = facts[one.fact]
    return FirstStep(
        one.title.format(year=today.year),
        is_done,
        (is_done and lacking.get(one.fact)) or one.words,
        one.link if may else "",
        reverse(one.page) if may else "",
        "" if may else f"Việc của {one.who}.",
    )


def lacking_words(today: date) -> dict[str, str]:
    """What is done in part: blocs without a unit, units without an editor; two queries."""
    editors = Seat.objects.on(today).filter(unit=OuterRef("pk"), role=SeatRole.EDITOR)
    members = Membership.objects.on(today).filter(bloc=OuterRef("pk"))
    units = Unit.objects.standing(today).exclude(Exists(editors)).count()
    blocs = Bloc.objects.filter(is_active=True).exclude(Exists(members)).count()
    return {
        "people": f"{units} đơn vị chưa có cán bộ đầu mối." if units else "",
        "members": f"{blocs} khối, cụm chưa có đơn vị nào." if blocs else "",
    }


def facts_asked(user: User, today: date) -> dict[str, Exists]:
    """What `steps_left` asks the database of this person: nothing for who may not see the steps."""
    may = user.has_perm("units.see_first_steps")
    return {f"step_{name}": fact for name, fact in facts_on(today).items()} if may else {}


def steps_left(user: User, asked: Mapping[str, Exists], told: Mapping[str, bool] | None) -> int:
    """How many steps are not done of those `asked`; one query where nobody `told` it already."""
    if not asked:
        return 0
    facts = told or User.objects.filter(pk=user.pk).values(**asked).get()
    return sum(not facts[name] for name in asked) + bool(undeclared())
