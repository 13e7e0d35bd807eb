"""What a proposal, its verdicts and its opinions rest on still stands, or somebody says why."""

from awards.proposals.enums import INNER_STATES, ProposalState
from awards.proposals.models.basis import changed_opinions, changed_verdicts
from blocs.ranking.models.results import ranking_faults
from thidua.common.basis import basis_faults, faults_of
from thidua.common.vietnamese.text import low_first

ASK_BLOC = "Thư ký hoặc trưởng khối, cụm xác nhận có lý do, hoặc lập lại các dòng, ở trang đề nghị."
ASK_OFFICE = "Cơ quan thường trực xác nhận có lý do ở trang đề nghị, hoặc trả lại đề nghị."
# Once the council is asked the proposal does not go back to the bloc any more.
ASK_OFFICE_ALONE = "Cơ quan thường trực xác nhận có lý do ở trang đề nghị."
ASK_APPRAISER = "Cơ quan thường trực xác nhận có lý do ở trang của dòng đề nghị."
ASK_COUNCIL = (
    "Thành viên cho ý kiến lại, hoặc Chủ tịch xác nhận có lý do, ở trang của dòng đề nghị."
)
RETURNABLE = {ProposalState.SUBMITTED, ProposalState.RECEIVED}


def basis_stands(proposal):
    """Nothing that the proposal rests on changed since it was made, or somebody confirmed it."""
    alone = ASK_OFFICE if proposal.state in RETURNABLE else ASK_OFFICE_ALONE
    asked = ASK_BLOC if proposal.state in INNER_STATES else alone
    return [*ranking_faults(proposal.bloc_year), *basis_faults(proposal, asked)]


def verdicts_stand(proposal):
    """What the office found eligible is still what it looked at."""
    return [
        f"{item}: {low_first(sentence)} {ASK_APPRAISER}"
        for item, changes in changed_verdicts(proposal)
        for sentence in faults_of(changes)
    ]


def opinions_stand(proposal):
    """Each opinion of the council is on what the line still says."""
    return [
        f"Ý kiến của {opinion.member} về “{opinion.item}”: {low_first(sentence)} {ASK_COUNCIL}"
        for opinion, changes in changed_opinions(proposal)
        for sentence in faults_of(changes)
    ]
