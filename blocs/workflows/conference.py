"""The life of the closing conference."""

from blocs.domain.ballots import BallotCount, check_ballot
from blocs.domain.quorum import quorum_obstacles
from blocs.enums import BallotKind, ConferenceState
from thidua.common.workflow import Transition, Workflow

C = ConferenceState


CONFERENCE = Workflow(
    states=C,
    initial=C.PREPARED,
    transitions=(
        Transition(
            name="open",
            label="Khai mạc hội nghị",
            sources={C.PREPARED},
            target=C.OPEN,
            permission="blocs.write_conference",
            guards=(quorum_is_present,),
        ),
        Transition(
            name="confirm",
            label="Xác nhận kết quả kiểm phiếu",
            sources={C.OPEN},
            target=C.COUNTED,
            permission="blocs.confirm_count",
            guards=(counts_are_possible, next_head_is_chosen),
            consequence="Số phiếu được chốt để lập biên bản; thư ký không sửa được nữa.",
        ),
        Transition(
            name="reopen",
            label="Mở lại kết quả kiểm phiếu",
            sources={C.COUNTED},
            target=C.OPEN,
            permission="blocs.confirm_count",
            needs_note=True,
            tone="danger",
        ),
        Transition(
            name="sign",
            label="Ký biên bản hội nghị",
            sources={C.COUNTED},
            target=C.SIGNED,
            permission="blocs.sign_minutes",
            guards=(agenda_is_written, conference_has_ended),
            hidden=True,
        ),
    ),
)
