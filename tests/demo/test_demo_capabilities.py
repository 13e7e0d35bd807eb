"""What a year can do beside its states: each capability by its name, with a row that shows it."""

import pytest
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from agreements.models import Agreement, Signature
from awards.proposals.models import ProposalItem
from blocs.conferences.models import Ballot, BallotLine, Conference
from blocs.criteria.models import CompetentBody, Criterion
from blocs.ranking.models import RankingSeal
from blocs.reports.models import Assignment, Report, Score
from blocs.reports.models.assignments import MARKABLE
from blocs.states import RUNNING_YEARS, MemberChangeKind
from blocs.units.models import Bloc, Unit
from blocs.years.models import BlocYear, Leadership, MemberChange, Regulation, RulesAmendment
from thidua.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
HOURS = ("registration", "agreement", "midyear", "report", "appraisal", "conference")


def capabilities():
    """Each name with the query that must find a row."""
    scorers = Assignment.objects.told().filter(report=OuterRef("pk"))
    return {
        "năm học": BlocYear.objects.filter(is_school_year=True),
        "khối đổi tên": Bloc.objects.exclude(former_names=[]),
        "đơn vị đổi tên": Unit.objects.exclude(former_names=[]),
        "phụ trách thay khối trưởng": Leadership.objects.filter(head_is_acting=True),
        "hội nghị do người phụ trách chủ tọa": Conference.objects.filter(
            chair_title__contains=", Phụ trách "
        ),
        "khuyết khối trưởng": BlocYear.objects.filter(head=None, state__in=RUNNING_YEARS),
        "khuyết khối phó": Leadership.objects.filter(head__isnull=False, deputy=None),
        "hai khối phó": Leadership.objects.exclude(second_deputy=None),
        "ký giao ước muộn": Signature.objects.filter(signed_at__gt=F("agreement__effective_at")),
        "giao ước có hiệu lực khi chưa đủ chữ ký": Agreement.objects.exclude(missing_reason=""),
        "vòng bầu thứ hai": Ballot.objects.filter(number__gt=1),
        "bỏ phiếu lại": Ballot.objects.exclude(revote_reason=""),
        "chốt xếp hạng lần hai": RankingSeal.objects.filter(number__gt=1),
        "hội nghị bổ sung": Conference.objects.filter(number__gt=1),
        "hội nghị họp sớm": Conference.objects.exclude(early_reason=""),
        "vẫn đề nghị tập thể bị nhắc": ProposalItem.objects.exclude(warned_reason=""),
        "vẫn bỏ phiếu cho đơn vị bị nhắc": BallotLine.objects.exclude(reason=""),
        "đơn vị ghi không kiến nghị": Report.objects.exclude(waived_at=None),
        "đơn vị chấm đều đã thôi tham gia, chờ đơn vị khác chấm": Report.objects.filter(
            Exists(scorers), ~Exists(scorers.filter(may_mark=True)), state__in=MARKABLE
        ),
        "thứ hạng do hội nghị quyết định": Conference.objects.exclude(equal_order=[]),
        "không giao chỉ tiêu, có lý do": Score.objects.filter(not_applicable=True).exclude(note=""),
        "vòng chấm có tỷ trọng": Regulation.objects.filter(rounds__gt=1).exclude(round_shares=[]),
        "cơ quan chấm có tỷ trọng": CompetentBody.objects.exclude(share=None),
        "thời hạn có giờ trước bước đề nghị": BlocYear.objects.filter(
            Q(*((f"{name}_hour__isnull", False) for name in HOURS), _connector=Q.OR)
        ),
        "không đề nghị khen thưởng": BlocYear.objects.exclude(no_award_reason=""),
        "thông báo sửa đổi có số": RulesAmendment.objects.exclude(notice_number=""),
        "đơn vị trở lại": MemberChange.objects.filter(kind=MemberChangeKind.RETURNED),
        "nhóm tiêu chí có tỷ trọng": Criterion.objects.filter(rule__has_key="weight"),
        "mọi kết quả là 0 thì theo quy tắc": Criterion.objects.filter(rule__has_key="all_zero"),
    }


def test_every_capability_stands_somewhere():
    lacking = {name for name, rows in capabilities().items() if not rows.exists()}
    assert lacking == set()


def test_the_list_of_the_province_warns_of_too_many_flags_of_the_government(client):
    """What two blocs ask for together; neither of them passes anything by itself."""
    client.force_login(User.objects.get(username="tinh.tdkt"))
    session = client.session
    session["year"] = 2026
    session.save()
    assert client.get(reverse("proposals:proposal_list")).context["warnings"] == [
        "Đề nghị 2 Cờ thi đua của Chính phủ, nhiều hơn mức 1 (20% của 5 cờ của tỉnh, làm tròn "
        "xuống)."
    ]
