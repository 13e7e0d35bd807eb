"""The objects that programs read, field by field."""

from dataclasses import dataclass, replace

from awards.decisions.enums import DecisionState
from blocs.ranking.documents.ranking_rows import PlaceRow
from blocs.ranking.documents.shown_ranking import ShownRanking
from blocs.states import BlocKind, BlocTier, MemberRole, YearState
from blocs.years.models import BlocYear
from thidua.api.described.shapes import (
    DAY,
    MOMENT,
    NUMBER,
    TEXT,
    WHOLE,
    YES_NO,
    ObjectShape,
    field,
    many,
    one_of,
    shaped,
)

NUMBER_OF = "Số của dòng trong phần mềm; không đổi."
LATER = "Sau ngày này thì không còn; null: còn đến nay."

UNIT_NAMED = ObjectShape(
    "UnitNamed",
    "Đơn vị, gọi theo tên lúc ấy.",
    (
        field("id", WHOLE, NUMBER_OF, "pk"),
        field("code", TEXT, "Mã đơn vị; không đổi."),
        field("name", TEXT, "Tên chính thức."),
    ),
)
BLOC_NAMED = ObjectShape(
    "BlocNamed",
    "Khối, cụm, gọi theo tên lúc ấy.",
    (
        field("id", WHOLE, NUMBER_OF, "pk"),
        field("code", TEXT, "Ký hiệu."),
        field("name", TEXT, "Tên."),
    ),
)
BELONGING = (
    field("starts_on", DAY, "Là thành viên từ ngày."),
    field("ends_on", DAY, LATER, may_lack=True),
)
UNIT_IN_BLOC = ObjectShape(
    "UnitInBloc",
    "Khối, cụm mà đơn vị là thành viên.",
    (field("bloc", shaped(BLOC_NAMED), "Khối, cụm."), *BELONGING),
)
BLOC_UNIT = ObjectShape(
    "BlocUnit",
    "Thành viên của khối, cụm.",
    (field("unit", shaped(UNIT_NAMED), "Đơn vị."), *BELONGING),
)
UNIT = ObjectShape(
    "Unit",
    "Đơn vị.",
    (
        field("id", WHOLE, NUMBER_OF, "pk"),
        field("code", TEXT, "Mã đơn vị; không đổi."),
        field("name", TEXT, "Tên chính thức hiện nay."),
        field("short_name", TEXT, "Tên rút gọn."),
        field("superior", TEXT, "Cơ quan chủ quản."),
        field("founded_on", DAY, "Thành lập ngày.", may_lack=True),
        field("dissolved_on", DAY, "Thôi hoạt động từ ngày.", may_lack=True),
        field("other_names", many(TEXT), "Tên trước đây và tên gọi khác."),
        field(
            "blocs",
            many(shaped(UNIT_IN_BLOC)),
            "Các khối, cụm của đơn vị từ trước đến nay.",
            lambda unit: unit.memberships.all(),
        ),
    ),
)  # fmt: skip
BLOC = ObjectShape(
    "Bloc",
    "Khối, cụm thi đua.",
    (
        field("id", WHOLE, NUMBER_OF, "pk"),
        field("code", TEXT, "Ký hiệu hiện nay."),
        field("name", TEXT, "Tên hiện nay."),
        field("kind", one_of(BlocKind), "Khối hay cụm."),
        field("tier", one_of(BlocTier), "Cấp tổ chức."),
        field("organiser", TEXT, "Cơ quan tổ chức."),
        field("founded_on", DAY, "Ngày quyết định thành lập.", may_lack=True),
        field("is_active", YES_NO, "Đang hoạt động."),
        field(
            "units",
            many(shaped(BLOC_UNIT)),
            "Các thành viên từ trước đến nay.",
            lambda bloc: bloc.memberships.all(),
        ),
    ),
)  # fmt: skip
MEMBER = ObjectShape(
    "YearMember",
    "Đơn vị tham gia một năm thi đua.",
    (
        field("unit", shaped(UNIT_NAMED), "Đơn vị."),
        field("role", one_of(MemberRole), "Vai trò trong năm."),
        field("joined_on", DAY, "Tham gia từ ngày; null: từ đầu năm.", may_lack=True),
        field("left_on", DAY, "Thôi tham gia từ ngày.", may_lack=True),
    ),
)
YEAR = ObjectShape(
    "Year",
    "Một khối, cụm trong một năm.",
    (
        field("id", WHOLE, NUMBER_OF, "pk"),
        field("bloc", shaped(BLOC_NAMED), "Khối, cụm."),
        field("year", WHOLE, "Năm; của năm học là năm bắt đầu."),
        field("is_school_year", YES_NO, "Tính theo năm học."),
        field("state", one_of(YearState), "Trạng thái."),
        field("is_illustrative", YES_NO, "Có số liệu minh họa."),
        field("members", many(shaped(MEMBER)), "Thành viên.", lambda year: year.members.all()),
        field("ranking", TEXT, "Địa chỉ của xếp hạng.", lambda year: f"/api/v1/rankings/{year.pk}"),
    ),
)
PLACE = ObjectShape(
    "Place",
    "Một đơn vị được xếp hạng. Số liệu như trang xếp hạng in.",
    (
        field("place", WHOLE, "Hạng."),
        field("unit_code", TEXT, "Mã đơn vị.", "code"),
        field("unit_name", TEXT, "Tên đơn vị.", "unit"),
        field("group", TEXT, "Nhóm đơn vị, khi có bảng chấm theo nhóm.", may_lack=True),
        field("work", NUMBER, "Điểm nhiệm vụ."),
        field("bonus", NUMBER, "Điểm thưởng."),
        field("deduction", NUMBER, "Điểm trừ."),
        field("total", NUMBER, "Tổng điểm."),
        field("maximum", NUMBER, "Điểm tối đa, khi so sánh theo tỷ lệ.", may_lack=True),
        field("percent", NUMBER, "Tỷ lệ đạt (%), khi so sánh theo tỷ lệ.", may_lack=True),
        field(
            "compared",
            NUMBER,
            "Số được so sánh, khi có đơn vị chỉ tham gia một phần năm.",
            may_lack=True,
        ),
        field("class_label", TEXT, "Xếp loại; null: không xếp hoặc chưa xác định.",
              lambda row: "" if row.question else row.class_label, may_lack=True),
        field("notes", many(TEXT), "Ghi chú của dòng."),
    ),
)  # fmt: skip
LEFT_OUT = ObjectShape(
    "NotRanked",
    "Đơn vị không xếp hạng, chưa xếp hạng.",
    (
        field("unit", shaped(UNIT_NAMED), "Đơn vị."),
        field("reason", TEXT, "Lý do."),
        field("rule", TEXT, "Theo quy định nào."),
        field("is_final", YES_NO, "true: không xếp hạng; false: chưa xếp hạng."),
    ),
)
STATED = ObjectShape(
    "StatedPlace",
    "Kết quả theo biên bản của năm không có điểm.",
    (
        field("unit", shaped(UNIT_NAMED), "Đơn vị."),
        field("place", WHOLE, "Hạng.", may_lack=True),
        field("class_label", TEXT, "Xếp loại.", may_lack=True),
        field("source", TEXT, "Theo văn bản."),
    ),
)
STATED_COUNT = ObjectShape(
    "StatedCount",
    "Số đơn vị theo mức xếp loại, khi biên bản không nêu tên.",
    (
        field("class_label", TEXT, "Xếp loại."),
        field("number", WHOLE, "Số đơn vị."),
        field("source", TEXT, "Theo văn bản."),
    ),
)


@dataclass(frozen=True)
class GivenRanking:
    """A year, and what one person is shown of its ranking."""

    bloc_year: BlocYear
    shown: ShownRanking

    @property
    def rows(self) -> list[PlaceRow]:
        """The places with the columns that the page shows of this year, the others empty."""
        shown = self.shown
        hidden = {} if shown.shows_groups else {"group": ""}
        hidden |= {} if shown.by_percent else {"maximum": "", "percent": ""}
        hidden |= {} if shown.compared else {"compared": ""}
        return [replace(row, **hidden) for row in shown.rows]

    @property
    def rules(self) -> list[str]:
        """The sentences below the table."""
        return [text for text in (self.shown.tie_rule, self.shown.class_rule) if text]


RANKING = ObjectShape(
    "Ranking",
    "Xếp hạng của một năm, đúng những gì trang xếp hạng cho người lập mã xem.",
    (
        field("year_id", WHOLE, "Số của năm thi đua.", "bloc_year.pk"),
        field("bloc", shaped(BLOC_NAMED), "Khối, cụm.", "bloc_year.bloc"),
        field("year", WHOLE, "Năm; của năm học là năm bắt đầu.", "bloc_year.year"),
        field(
            "is_shown",
            YES_NO,
            "false: điểm, thứ hạng chưa mở cho người lập mã.",
            "shown.is_shown",
        ),
        field("is_agreed", YES_NO, "Hội nghị đã thống nhất; false: tạm tính.", "shown.is_agreed"),
        field("by_percent", YES_NO, "So sánh theo tỷ lệ %.", "shown.by_percent"),
        field("rows", many(shaped(PLACE)), "Các đơn vị có hạng, hạng tốt trước."),
        field("not_ranked", many(shaped(LEFT_OUT)), "Các đơn vị không có hạng.", "shown.out"),
        field("open_ties", many(TEXT), "Đơn vị bằng nhau chưa phân hạng.", "shown.open_ties"),
        field("choices", many(TEXT), "Việc chọn giữa các đơn vị bằng nhau.", "shown.choices"),
        field("sealed", many(TEXT), "Các lần chốt kết quả.", "shown.sealed"),
        field("rectifications", many(TEXT), "Các lần đính chính.", "shown.rectifications"),
        field("rules", many(TEXT), "Cách xếp hạng, xếp loại."),
        field("stated", many(shaped(STATED)), "Kết quả theo biên bản.", "shown.stated"),
        field(
            "stated_counts",
            many(shaped(STATED_COUNT)),
            "Số lượng theo biên bản.",
            "shown.stated_counts",
        ),
    ),
)
DECISION = ObjectShape(
    "Decision",
    "Quyết định khen thưởng.",
    (
        field("id", WHOLE, NUMBER_OF, "pk"),
        field("year", WHOLE, "Năm thi đua."),
        field("title", TEXT, "Trích yếu."),
        field("state", one_of(DecisionState), "Trạng thái."),
        field("number", TEXT, "Số quyết định.", may_lack=True),
        field("signed_on", DAY, "Ngày ký.", may_lack=True),
        field("signer_title", TEXT, "Chức vụ người ký."),
        field("signer_name", TEXT, "Người ký.", may_lack=True),
        field("published_at", MOMENT, "Công bố lúc.", may_lack=True),
        field("line_count", WHOLE, "Số dòng.", "item_count"),
        field("lines", TEXT, "Địa chỉ của các dòng.",
              lambda decision: f"/api/v1/decisions/{decision.pk}/lines"),
    ),
)  # fmt: skip
LINE = ObjectShape(
    "DecisionLine",
    "Một tập thể trong quyết định.",
    (
        field("id", WHOLE, NUMBER_OF, "pk"),
        field("award_code", TEXT, "Mã hình thức.", "award.code"),
        field("award", TEXT, "Hình thức.", "award.name"),
        field("unit", shaped(UNIT_NAMED), "Đơn vị.", may_lack=True),
        field("bloc", shaped(BLOC_NAMED), "Khối, cụm.", "proposal.bloc_year.bloc"),
        field("year", WHOLE, "Năm thi đua.", "proposal.bloc_year.year"),
    ),
)
FAULT = ObjectShape(
    "Fault",
    "Vì sao không trả lời.",
    (
        field("code", TEXT, "Từ tiếng Anh, dành cho chương trình."),
        field("message", TEXT, "Câu tiếng Việt, dành cho người."),
    ),
)
SHAPES = (
    UNIT_NAMED,
    BLOC_NAMED,
    UNIT_IN_BLOC,
    BLOC_UNIT,
    UNIT,
    BLOC,
    MEMBER,
    YEAR,
    PLACE,
    LEFT_OUT,
    STATED,
    STATED_COUNT,
    RANKING,
    DECISION,
    LINE,
    FAULT,
)
