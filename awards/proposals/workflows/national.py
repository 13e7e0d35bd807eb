"""An award above the province: its Chairman submits it, and no decision of his grants it."""

from operator import itemgetter

from django.core.exceptions import ValidationError
from django.utils import timezone

from awards.proposals.enums import ItemState, ProposalState
from blocs.conferences.models.sittings import ranking_basis
from thidua.common.basis import basis_faults
from thidua.common.vietnamese.dates import day_in_vietnam
from thidua.papers.days import day_faults
from thidua.papers.numbers import NumberedPaper, hold_numbers, number_faults

NATIONAL = (
    "“{line}” là hình thức cấp Nhà nước: Chủ tịch UBND tỉnh trình, không quyết định tặng. Cơ quan "
    "thường trực ghi số, ngày tờ trình cấp Nhà nước ở trang của dòng đề nghị."
)
OF_PROVINCE = (
    "“{award}” do Chủ tịch UBND tỉnh quyết định tặng nên không trình cấp Nhà nước; cơ quan thường "
    "trực đưa dòng này vào dự thảo quyết định."
)
ASKED = (
    "Đang lấy ý kiến Hội đồng về đề nghị này. Chủ tịch kết thúc lấy ý kiến rồi mới trình cấp Nhà "
    "nước."
)
FORWARDED = (
    "Dòng “{line}” đã trình cấp Nhà nước ({paper}) nên đề nghị không trả lại, không lấy ý "
    "kiến Hội đồng nữa; các dòng còn lại được xét tiếp."
)


def is_of_province(item):
    """The Chairman of the province grants what is his to grant (domain, 1.3)."""
    return [NATIONAL.format(line=item)] if item.award.is_national else []


def is_of_state(item):
    return [] if item.award.is_national else [OF_PROVINCE.format(award=item.award)]


def council_is_over(item):
    """Nothing is submitted while the council is still asked about it."""
    return [ASKED] if item.proposal.state == ProposalState.BEFORE_COUNCIL else []


def verdict_stands(item):
    """What the office found eligible is still what it looked at."""
    return basis_faults(item, "Cơ quan thường trực xác nhận có lý do ở trang của dòng đề nghị.")


def nothing_is_forwarded(proposal):
    """What went to the State does not come back to the bloc, nor to the council."""
    found = proposal.items.filter(state=ItemState.FORWARDED).select_related("award", "unit")
    return [FORWARDED.format(line=item, paper=item.forwarded_words) for item in found]


def hold_numbers_of_province(item):
    hold_numbers(type(item))


def put_forward(item, *, actor, note, number, signed_on):
    """Number and day of the submission to the State; refused at the field that is wrong."""
    day, basis = forwarding_basis(item)
    today = timezone.localdate()
    faults = day_faults("Tờ trình cấp Nhà nước", signed_on, today, basis=basis, basis_day=day)
    if faults:
        raise ValidationError({"signed_on": faults})
    if taken := number_faults(number, signed_on, submissions_of_other_days(item, signed_on)):
        raise ValidationError({"number": taken})
    item.forwarded_number, item.forwarded_on = number, signed_on


def submissions_of_other_days(item, day):
    """Other submissions to the State; one of the same day is the same, for it may list many."""
    rows = type(item).objects.filter(state=ItemState.FORWARDED).exclude(forwarded_on=day)
    return [
        NumberedPaper(one, "Tờ trình cấp Nhà nước", one.forwarded_number, one.forwarded_on)
        for one in rows
    ]


def forwarding_basis(item):
    """The newest day on which a submission to the State rests, and what is of it."""
    proposal, spoken = item.proposal, item.opinions.order_by("given_at").last()
    words, ranked_on = ranking_basis(proposal.bloc_year)
    days = [
        *([(ranked_on, words)] if ranked_on else ()),
        *([(proposal.looked_at_on, "tờ trình đề nghị")] if proposal.looked_at_on else ()),
        *([(day_in_vietnam(spoken.given_at), "ý kiến Hội đồng")] if spoken else ()),
    ]
    return max(days, key=itemgetter(0), default=(None, ""))
