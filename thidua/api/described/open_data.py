"""What everybody may read, field by field: no more than the public pages show."""

from thidua.api.described.shapes import DAY, TEXT, WHOLE, ObjectShape, field

PUBLIC_DECISION = ObjectShape(
    "PublicDecision",
    "Quyết định khen thưởng đã công bố.",
    (
        field("number", TEXT, "Số quyết định"),
        field("title", TEXT, "Trích yếu"),
        field("signed_on", DAY, "Ngày ký"),
        field("signer_title", TEXT, "Chức vụ người ký"),
        field("signer_name", TEXT, "Người ký"),
        field("line_count", WHOLE, "Số tập thể", "item_count"),
        field("page", TEXT, "Trang công bố", lambda decision: f"/cong-bo/{decision.pk}/"),
    ),
)
PUBLIC_LINE = ObjectShape(
    "PublicLine",
    "Một tập thể trong quyết định đã công bố.",
    (
        field("award", TEXT, "Hình thức", "award.name"),
        field("unit", TEXT, "Đơn vị", lambda line: str(line.unit or "")),
        field("bloc", TEXT, "Khối, cụm", "proposal.bloc_year.bloc.name"),
    ),
)
PUBLIC_BLOC = ObjectShape(
    "PublicBloc",
    "Khối, cụm thi đua đang hoạt động.",
    (
        field("name", TEXT, "Tên"),
        field("organiser", TEXT, "Cơ quan tổ chức"),
        field("unit_count", WHOLE, "Số đơn vị", "member_count"),
    ),
)
