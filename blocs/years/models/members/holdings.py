"""What a unit has in a year, and what a change of the members would do to it.

By the year's own relations: what hangs on a year stands above it.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from blocs.scoring.ranking.part_year import PartYear, part_year_sentence
from blocs.states import (
    REGISTERED,
    RUNNING_YEARS,
    SENT_STATES,
    RegistrationState,
    ReportState,
    YearState,
)
from blocs.states import MemberChangeKind as K
from blocs.units.models.leaving import LEAVING_EFFECTS, Leaving
from blocs.units.models.units import Unit
from blocs.years.domain.rule_words import leader_words
from blocs.years.domain.taking_part import (
    DUE,
    ENDS,
    JOINING,
    LEAVING,
    OF_THE_YEAR,
    SETS,
    Duty,
    PartChange,
    changed_part,
    kind_for,
)
from blocs.years.models.changes import member_of, members_owing
from blocs.years.models.leaderships import post_of
from blocs.years.models.part_years import members_ranked
from blocs.years.models.regulation import regulation_of
from blocs.years.models.years import BlocYear, YearMember
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.numbers import two_digits

ELSEWHERE = "Chú ý: đơn vị đang là thành viên của {year}."
WHY_TWO = "Mỗi đơn vị chỉ thi đua ở một khối, cụm trong năm; được tham gia cả hai thì ghi lý do."
MOVE_FIRST = "Nếu đơn vị chuyển khối thì ghi “chuyển sang khối khác” ở khối đó trước."
STAYS = "giữ nguyên, vẫn xem được"
REPORTS = "Đơn vị nộp báo cáo năm"
REGISTERS = "Đơn vị phải ký bản đăng ký thi đua."
STAYS_SO = "Thành phần của năm không đổi; trang của năm thôi nhắc về thay đổi này của đơn vị."
PAPERS_STAY = "những gì đã ký, đã gửi vẫn giữ."
# What fell due while the unit was away; each says the day.
MISSED = {
    Duty.REGISTER: "Bản đăng ký đến hạn ngày {}, khi đơn vị vắng mặt: không phải lập.",
    Duty.REPORT: (
        "Báo cáo năm đến hạn ngày {}, khi đơn vị vắng mặt: không phải nộp, không xếp hạng năm nay."
    ),
}
TOOK_PART = (
    "Đơn vị tham gia đến hết ngày {last} nên vẫn nộp báo cáo, được xếp hạng cả năm; từ {on} chỉ "
    "thôi dự họp, bỏ phiếu."
)
AS_OTHERS = f"{REPORTS}, được xếp hạng và đề nghị khen thưởng như các đơn vị khác."


def registration_of(bloc_year: BlocYear, unit: Unit) -> str:
    return bloc_year.registrations.filter(unit=unit).values_list("state", flat=True).first() or ""


def report_of(bloc_year: BlocYear, unit: Unit) -> str:
    return bloc_year.reports.filter(unit=unit).values_list("state", flat=True).first() or ""


def signed_at(bloc_year: BlocYear, unit: Unit):
    """When the unit signed the agreement; None where it did not."""
    agreement = getattr(bloc_year, "agreement", None)
    if agreement is None:
        return None
    rows = agreement.signatures.filter(unit=unit, voided_at=None)
    return rows.values_list("signed_at", flat=True).first()


def papers_of(bloc_year: BlocYear, unit: Unit) -> list[str]:
    """«bản đăng ký», «chữ ký giao ước», «báo cáo»: what of the unit stands in the year."""
    found = {
        "bản đăng ký": registration_of(bloc_year, unit),
        "chữ ký giao ước": signed_at(bloc_year, unit),
        "báo cáo": report_of(bloc_year, unit),
    }
    return [words for words, held in found.items() if held]


def change_effects(bloc_year: BlocYear, *, unit: Unit, kind: str, on: date) -> list[str]:
    """Sentences that say what the change from that day would do; listed before it is saved."""
    if kind == K.KEPT:
        return [STAYS_SO]
    member = member_of(bloc_year, unit)
    asked = kind_for(kind, member.part if member else None)
    if asked != K.RETURNED:
        return effects_of(bloc_year, unit=unit, kind=asked, on=on)
    # What cannot be is refused when it is recorded, and has no effects.
    comes_back = member and member.left_on and on > member.left_on
    return returning_effects(member, on) if comes_back else []


def effects_of(bloc_year: BlocYear, *, unit: Unit, kind: str, on: date) -> list[str]:
    """The same of a change other than a return."""
    if kind in JOINING:
        return [*sitting_elsewhere(bloc_year, unit, on), *joining_effects(bloc_year)]
    ended = {duty for duty, names in ENDS.items() if SETS[kind] in names}
    stays = kind in LEAVING and on > bloc_year.ends_on
    if stays:
        ended -= set(OF_THE_YEAR)
    # An award is given to who is there, whenever it was compared.
    is_gone = Duty.COMPARE in ended or kind in (K.MERGED, K.DISSOLVED)
    is_judged = bloc_year.judged_on is not None and bloc_year.judged_on < on
    last = {"last": short_date(bloc_year.ends_on), "on": short_date(on)}
    found = [
        *([TOOK_PART.format(**last)] if stays else ()),
        *(registration_effects(bloc_year, unit) if Duty.REGISTER in ended else ()),
        *(signature_effects(bloc_year, unit) if Duty.SIGN in ended else ()),
        *(report_effects(bloc_year, unit) if Duty.REPORT in ended else ()),
        *(marking_effects(bloc_year, unit) if Duty.SIT in ended else ()),
        *(award_effects(bloc_year, unit) if is_gone else ()),
        *(() if is_judged else counting_effects(bloc_year, unit, ended)),
    ]
    if kind in LEAVING:
        found.append("Người của đơn vị vẫn xem hồ sơ của năm nhưng không còn việc trên trang chủ.")
    return found


def returning_effects(member: YearMember, on: date) -> list[str]:
    """What a unit that comes back on that day owes, and what fell due while it was away."""
    year, unit = member.bloc_year, member.unit
    back = YearMember(pk=member.pk, bloc_year=year, unit=unit)
    back.part = changed_part(member.part, PartChange(0, K.RETURNED, on))
    missed = [duty for duty in MISSED if fell_due_away(back, duty) and not back.owes(duty, on)]
    words = [MISSED[duty].format(short_date(getattr(year, DUE[duty]))) for duty in missed]
    signed = signature_effects(year, unit) if signed_at(year, unit) else [signing_words(year)]
    if year.state in (YearState.OPEN, YearState.AGREED) and Duty.REGISTER not in missed:
        words += [REGISTERS]
    compared = [] if Duty.REPORT in missed else [comparing_words(year)]
    return [*sitting_elsewhere(year, unit, on), *words, *signed, more_sit(year), *compared]


def fell_due_away(member: YearMember, duty: Duty) -> bool:
    """Whether the duty fell due while the member was away."""
    due: date | None = getattr(member.bloc_year, DUE[duty])
    return due is not None and member.part.taken.is_away(due)


def sitting_elsewhere(bloc_year: BlocYear, unit: Unit, on: date) -> list[str]:
    """That the unit is compared in another bloc of this year: it would owe everything twice."""
    return [
        f"{ELSEWHERE.format(year=row.bloc_year)} {in_words_of(row.bloc_year.bloc.word, MOVE_FIRST)}"
        for row in elsewhere(bloc_year, [unit], on)
    ]


def elsewhere(bloc_year: BlocYear, units: Iterable[Unit] | QuerySet, on: date) -> QuerySet:
    """Where else these units are members in this year, from that day on."""
    stays = Q(left_on=None) | Q(left_on__gt=on)
    rows = YearMember.objects.filter(stays, unit__in=units, bloc_year__year=bloc_year.year)
    return rows.exclude(bloc_year=bloc_year).select_related("unit", "bloc_year__bloc")


def joining_effects(bloc_year: BlocYear) -> list[str]:
    """What a unit that joins owes from its day on."""
    found = [more_sit(bloc_year), signing_words(bloc_year), comparing_words(bloc_year)]
    is_asked = bloc_year.state in (YearState.OPEN, YearState.AGREED)
    return [REGISTERS, *found] if is_asked else found


def more_sit(bloc_year: BlocYear) -> str:
    """How the number changes that a quorum is taken of."""
    now = members_owing(bloc_year, Duty.SIT).count()
    return f"Số đơn vị tính túc số tăng từ {two_digits(now)} lên {two_digits(now + 1)}."


def signing_words(bloc_year: BlocYear) -> str:
    """How a unit that comes now signs the agreement of the year."""
    if bloc_year.state == YearState.OPEN:
        return "Đơn vị phải ký giao ước; chữ ký các đơn vị đã ký vẫn giữ."
    return "Giao ước đã có hiệu lực vẫn giữ; đơn vị vào sau ký bổ sung ở phụ lục."


def comparing_words(bloc_year: BlocYear) -> str:
    """How a unit of part of the year is compared."""
    way = regulation_of(bloc_year).part_year
    return AS_OTHERS if way == PartYear.FULL else f"{REPORTS}. {part_year_sentence(way)}"


def registration_effects(bloc_year: BlocYear, unit: Unit) -> list[str]:
    state = registration_of(bloc_year, unit)
    if not state:
        return ["Bản đăng ký: chưa lập, đơn vị không phải lập nữa."]
    words = RegistrationState(state).label.lower()
    rest = STAYS if state in REGISTERED else f"dừng ở đó, {STAYS}"
    return [f"Bản đăng ký: {words}, {rest}."]


def signature_effects(bloc_year: BlocYear, unit: Unit) -> list[str]:
    if moment := signed_at(bloc_year, unit):
        return [f"Chữ ký giao ước ngày {short_date(moment)}: giữ nguyên."]
    return ["Giao ước: đơn vị chưa ký và không phải ký nữa."]


def report_effects(bloc_year: BlocYear, unit: Unit) -> list[str]:
    state = report_of(bloc_year, unit)
    if not state:
        return ["Báo cáo năm: chưa lập, đơn vị không phải nộp nữa."]
    words = ReportState(state).label.lower()
    rest = f"{STAYS}, không xếp hạng" if state in SENT_STATES else f"dừng ở đó, {STAYS}"
    return [f"Báo cáo năm: {words}, {rest}."]


def marking_effects(bloc_year: BlocYear, unit: Unit) -> list[str]:
    """Sheets of others that the unit has to mark and did not finish."""
    number = unit.assignments.filter(report__bloc_year=bloc_year, done_at=None).count()
    if not number:
        return []
    return [
        f"Đơn vị còn {two_digits(number)} bảng điểm chấm chưa xong: không chấm nữa, điểm chấm dở "
        "không tính. Đơn vị đứng đầu chọn đơn vị khác ở trang Phân công chấm điểm; điểm các đơn vị "
        "khác đã chấm giữ nguyên."
    ]


def award_effects(bloc_year: BlocYear, unit: Unit) -> list[str]:
    """Lines of the proposal and of the vote that name the unit."""
    found = []
    proposal = getattr(bloc_year, "proposal", None)
    if proposal and (number := proposal.items.filter(unit=unit).count()):
        found.append(
            f"Đề nghị khen thưởng có {two_digits(number)} dòng của đơn vị: phải bỏ dòng hoặc nêu "
            "lý do giữ."
        )
    return found


def counting_effects(bloc_year: BlocYear, unit: Unit, ended: set[Duty]) -> list[str]:
    """How the numbers change that shares and quorum are taken of."""
    counted = {
        Duty.SIT: ("tính túc số", members_owing(bloc_year, Duty.SIT)),
        Duty.COMPARE: ("được xếp hạng, tính tỷ lệ khen thưởng", members_ranked(bloc_year)),
    }
    found = []
    for duty, (words, rows) in counted.items():
        now, less = rows.count(), rows.exclude(unit=unit).count()
        if duty in ended and less < now:
            found.append(f"Số đơn vị {words} giảm từ {two_digits(now)} xuống {two_digits(less)}.")
    return found


@LEAVING_EFFECTS.add
def years_left(leaving: Leaving) -> list[str]:
    """What the unit would leave behind in each running and planned year of these blocs."""
    unit, kind = leaving.unit, leaving.kind
    years = BlocYear.objects.filter(
        members__unit=unit, members__left_on=None, bloc__in=leaving.blocs
    )
    found = []
    for year in years.select_related("bloc", "conference").order_by("year", "pk"):
        # Who was gone before the year began takes no part in it.
        on = max(leaving.on, year.begins_on)
        if year.state == YearState.PLANNED:
            found.append(f"{year} (chưa mở): {unit} ra khỏi thành phần.")
        elif year.state in RUNNING_YEARS and has_to_leave(year, unit, on):
            found += post_effects(year, leaving)
            said = effects_of(year, unit=unit, kind=kind, on=on)
            found += [f"{year}, {unit}: {words}" for words in said]
    return found


def has_to_leave(year: BlocYear, unit: Unit, on: date) -> bool:
    """Whether a unit that goes on that day still does anything in this running year from then on.

    A year that ended before is not touched, unless the unit leads it or its conference is to come.
    """
    if on <= year.ends_on:
        return True
    is_held = year.judged_on is not None and year.judged_on < on
    return on <= year.last_paper_on and (post_of(year, unit) is not None or not is_held)


def post_effects(year: BlocYear, leaving: Leaving) -> list[str]:
    """Which post the unit holds, and who has it then: a successor keeps the one it has."""
    unit, heir = leaving.unit, leaving.successor
    post = post_of(year, unit)
    if post is None:
        return []
    words = leader_words(year.bloc.word)
    said = f"{year}: {unit} đang là {words[post].lower()}"
    if heir is None:
        return [f"{said}."]
    held = [name for one in (heir, *leaving.ahead) if (name := post_of(year, one))]
    if held:
        taken = words[held[0]].lower()
        return [f"{said}; {heir} giữ chức {taken} nên chức này để khuyết đến khi giao đơn vị khác."]
    return [f"{said}; {heir} giữ chức này thay."]
