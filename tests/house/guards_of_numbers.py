"""What is asked of the number of a paper before it leaves the bloc."""

import datetime as dt

from agreements import workflows as agreements
from agreements.models import Agreement
from awards.proposals import workflows as proposals
from awards.proposals.models import Proposal
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import ProposalFactory
from tests.factories.blocs import BlocFactory, BlocYearFactory

ONE_NUMBER = (
    "trong một năm mỗi số chỉ dùng cho một văn bản cùng loại. Hãy lấy số tiếp theo ở sổ đăng ký "
    "văn bản đi."
)


def numbered_proposal(day, number="7/TTr-KTĐ5"):
    """The submission of the next year of a bloc that sent one on 08/12/2026 with number 07."""
    bloc = BlocFactory(name="Khối N")
    ProposalFactory(received=True, bloc_year=BlocYearFactory(bloc=bloc))
    return Proposal(bloc_year=BlocYearFactory(bloc=bloc, year=2027), dated_on=day, number=number)


def numbered_agreement(day, state="signing"):
    """The agreement of the next year of a bloc whose agreement 02 is of 28/01/2026."""
    bloc, facts = BlocFactory(name="Khối N"), {"number": "02/GƯ-KN"}
    AgreementFactory(bloc_year=BlocYearFactory(bloc=bloc), state=state, **facts)
    return Agreement(bloc_year=BlocYearFactory(bloc=bloc, year=2027), signed_on=day, **facts)


OF_NUMBERS = {
    proposals.number_is_free: [
        (lambda: numbered_proposal(dt.date(2027, 12, 8)), []),
        (lambda: numbered_proposal(dt.date(2026, 12, 20), number="08/TTr-KTĐ5"), []),
        (lambda: numbered_proposal(None), []),
        (
            lambda: numbered_proposal(dt.date(2026, 12, 20)),
            [
                "Tờ trình đề nghị khen thưởng Khối N năm 2026 ngày 08/12/2026 đã dùng số này; "
                f"{ONE_NUMBER}"
            ],
        ),
    ],
    agreements.number_is_free: [
        (lambda: numbered_agreement(dt.date(2027, 1, 28)), []),
        (lambda: numbered_agreement(dt.date(2026, 2, 28), state="draft"), []),
        (
            lambda: numbered_agreement(dt.date(2026, 2, 28)),
            [f"Giao ước thi đua năm 2026 của Khối N ngày 28/01/2026 đã dùng số này; {ONE_NUMBER}"],
        ),
    ],
}
