from django.db.models import TextChoices


class SeatRole(TextChoices):
    """Where a person sits. Head, deputy and bloc secretary follow from the unit's role."""

    EDITOR = "editor", "cán bộ đầu mối"
    LEADER = "leader", "lãnh đạo đơn vị"
    OFFICE = "office", "cơ quan thường trực"
    COUNCIL = "council", "thành viên Hội đồng"
    CHAIR = "chair", "Chủ tịch"
    SYSADMIN = "sysadmin", "quản trị hệ thống"
    AUDITOR = "auditor", "kiểm toán, thanh tra"


class RequestKind(TextChoices):
    """What needs a second person."""

    SEAT = "seat", "giao vị trí"
    PASSWORD = "password", "đặt lại mật khẩu"
    FACTOR = "factor", "bỏ bước xác thực thứ hai đã đặt"
    IDENTITY = "identity", "gắn tài khoản của tỉnh"


class RequestOutcome(TextChoices):
    """What became of a request about an account; while it waits it has none."""

    CONFIRMED = "confirmed", "đã xác nhận"
    REFUSED = "refused", "không đồng ý"
    WITHDRAWN = "withdrawn", "đã rút"


UNIT_ROLES = (SeatRole.EDITOR, SeatRole.LEADER)
# One person alone gives nobody these seats, nor a new password to who holds one.
GUARDED_ROLES = (
    SeatRole.LEADER,
    SeatRole.OFFICE,
    SeatRole.COUNCIL,
    SeatRole.CHAIR,
    SeatRole.SYSADMIN,
    SeatRole.AUDITOR,
)
# These may be given for some blocs alone; the auditor sees and never acts.
LIMITED_ROLES = (SeatRole.OFFICE, SeatRole.AUDITOR)
# The editors of a unit that is head or deputy of its bloc; computed, no seat of its own.
BLOC_EDITOR = "bloc_editor"


class BlocKind(TextChoices):
    FUNCTIONAL = "functional", "khối thi đua"
    TERRITORIAL = "territorial", "cụm thi đua"


class BlocTier(TextChoices):
    PROVINCIAL = "provincial", "do tỉnh tổ chức"
    DELEGATED = "delegated", "được ủy quyền"


class YearState(TextChoices):
    """The bloc's year.

    The office plans it and opens it with head, members and rules; all members sign and it is
    agreed; the bloc works, reviews at mid-year, closes the books, ranks at the conference,
    proposes awards; the province decides; the old head hands over and the year is archived.
    """

    PLANNED = "planned", "Chuẩn bị"
    OPEN = "open", "Đã mở"
    AGREED = "agreed", "Đã ký giao ước"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    MIDYEAR_DONE = "midyear_done", "Đã sơ kết"
    CLOSING = "closing", "Đang tổng kết"
    RANKED = "ranked", "Đã xếp hạng"
    PROPOSED = "proposed", "Đã đề nghị"
    DECIDED = "decided", "Đã xét khen thưởng"
    ARCHIVED = "archived", "Đã lưu"


# From the opening of a year to its decision: its members change by numbered changes only.
RUNNING_YEARS = (
    YearState.OPEN,
    YearState.AGREED,
    YearState.IN_PROGRESS,
    YearState.MIDYEAR_DONE,
    YearState.CLOSING,
    YearState.RANKED,
    YearState.PROPOSED,
)


# Reports are taken while the books are closed; a late one until the proposal goes to the province.
TAKING_REPORTS = (YearState.CLOSING, YearState.RANKED)


class MemberRole(TextChoices):
    MEMBER = "member", "thành viên"
    HEAD = "head", "khối trưởng"
    DEPUTY = "deputy", "khối phó"


class MemberChangeKind(TextChoices):
    """Why a unit takes part in a running year otherwise than at its opening."""

    JOINED = "joined", "tham gia giữa năm"
    SPLIT = "split", "được tách ra từ đơn vị khác, tham gia giữa năm"
    RETURNED = "returned", "tham gia lại sau khi đã thôi tham gia"
    LEFT = "left", "thôi tham gia"
    MERGED = "merged", "sáp nhập vào đơn vị khác"
    MOVED = "moved", "chuyển sang khối khác"
    DISSOLVED = "dissolved", "giải thể"
    NOT_CONSIDERED = "not_considered", "không xét năm nay"
    NOT_SIGNING = "not_signing", "không tham gia ký giao ước"
    KEPT = "kept", "giữ nguyên thành phần của năm"
    CANCELLED = "cancelled", "hủy thay đổi đã ghi"


class TableState(TextChoices):
    """A scoring table is drafted by the bloc, issued once, and later replaced by a new version."""

    DRAFT = "draft", "Dự thảo"
    PUBLISHED = "published", "Đã ban hành"
    SUPERSEDED = "superseded", "Đã thay thế"


class RegistrationState(TextChoices):
    """The unit drafts its registration, the leader signs, the bloc checks or sends it back."""

    DRAFT = "draft", "Nháp"
    SIGNED = "signed", "Đã đăng ký"
    RETURNED = "returned", "Bị trả lại"
    CHECKED = "checked", "Đã tiếp nhận"


REGISTERED = (RegistrationState.SIGNED, RegistrationState.CHECKED)


class ReportState(TextChoices):
    """The yearly report with its score sheet.

    The editor drafts, the leader submits; the bloc may return it with a reason;
    head or deputy appraise, the office may re-appraise; the unit may explain once; the
    conference agrees the points;
    the office confirms; then it is locked and changes no more.
    """

    DRAFT = "draft", "Nháp"
    SUBMITTED = "submitted", "Đã nộp"
    RETURNED = "returned", "Bị trả lại"
    APPRAISED = "appraised", "Đã thẩm định"
    EXPLAINED = "explained", "Có giải trình"
    AGREED = "agreed", "Hội nghị thống nhất"
    LOCKED = "locked", "Đã khóa"


# Who may read a report follows from how far it has come.
PRIVATE_STATES = (ReportState.DRAFT,)
SENT_STATES = (
    ReportState.SUBMITTED,
    ReportState.APPRAISED,
    ReportState.EXPLAINED,
    ReportState.AGREED,
    ReportState.LOCKED,
)
COUNCIL_STATES = SENT_STATES[1:]
OPEN_STATES = (ReportState.AGREED, ReportState.LOCKED)


class ConferenceState(TextChoices):
    """The closing conference: prepared, opened with a quorum, counted, minutes signed."""

    PREPARED = "prepared", "Đang chuẩn bị"
    OPEN = "open", "Đang họp"
    COUNTED = "counted", "Đã kiểm phiếu"
    SIGNED = "signed", "Đã ký biên bản"


class MeetingForm(TextChoices):
    IN_PERSON = "in_person", "trực tiếp"
    ONLINE = "online", "trực tuyến"
    MIXED = "mixed", "trực tiếp kết hợp trực tuyến"


class AgendaTopic(TextChoices):
    """Which facts of the conference are printed under a point of the agenda."""

    TEXT = "", "chỉ ghi diễn biến"
    SCORES = "scores", "kèm bảng điểm, xếp hạng"
    AWARD = "award", "kèm kết quả phiếu suy tôn"
    ELECTION = "election", "kèm kết quả chọn khối trưởng, khối phó"


class BallotKind(TextChoices):
    AWARD = "award", "suy tôn, đề nghị khen thưởng"
    HEAD = "head", "bầu khối trưởng"
    DEPUTY = "deputy", "bầu khối phó"


class BallotMethod(TextChoices):
    SECRET = "secret", "bỏ phiếu kín"
    HANDS = "hands", "biểu quyết giơ tay"


class AskedAward(TextChoices):
    """What sort of award a bloc's vote asks for; which one exactly, the catalogue names.

    Of the province's flags a bloc has so many; all else goes to whoever has enough votes.
    """

    FLAG = "flag", "Cờ thi đua"
    OTHER = "other", "Hình thức khác"
    CERTIFICATE = "certificate", "Bằng khen"


# What a vote asks for where it names no award of the catalogue.
USUAL_AWARDS = (AskedAward.FLAG, AskedAward.CERTIFICATE)


class AppraisalMode(TextChoices):
    """Who gives the appraised points; whoever it is, nobody marks an own sheet."""

    HEAD = "head", "khối trưởng, khối phó thẩm định"
    GROUP = "group", "tổ thẩm định do khối lập"
    PAIRS = "pairs", "các đơn vị chấm chéo"
    BODIES = "bodies", "cơ quan chuyên môn thẩm định theo lĩnh vực"


# Modes in which the appraising units read the whole sheet; a competent body reads its own leaves.
WHOLE_SHEET_MODES = (AppraisalMode.GROUP, AppraisalMode.PAIRS)


class AppealState(TextChoices):
    """The unit's objection to the appraised points of one leaf.

    The editor drafts it, the leader sends it in time; the appraiser's answer gives way, wholly
    or partly, or not; until then the leader may take it back.
    """

    DRAFT = "draft", "Nháp"
    OPEN = "open", "Chờ trả lời"
    ACCEPTED = "accepted", "Chấp nhận"
    REJECTED = "rejected", "Không chấp nhận"
    WITHDRAWN = "withdrawn", "Đã rút"


class VersionKind(TextChoices):
    """Why a sheet was frozen."""

    MIDYEAR = "midyear", "Số liệu sơ kết"
    SUBMITTED = "submitted", "Bản đã nộp"
    APPRAISED = "appraised", "Bản thẩm định"
    RECTIFIED = "rectified", "Bản đính chính"


# What a state looks like: tone of the badge, the same word for the same feeling everywhere.
TONES = {
    "draft": "draft",
    "planned": "draft",
    "prepared": "draft",
    "open": "working",
    "agreed": "done",
    "in_progress": "working",
    "midyear_done": "working",
    "closing": "working",
    "ranked": "done",
    "proposed": "submitted",
    "decided": "published",
    "archived": "locked",
    "published": "published",
    "superseded": "locked",
    "signed": "submitted",
    "returned": "returned",
    "checked": "done",
    "submitted": "submitted",
    "appraised": "done",
    "explained": "working",
    "locked": "locked",
    "counted": "working",
    "accepted": "done",
    "rejected": "returned",
    "withdrawn": "locked",
}
