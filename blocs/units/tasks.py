"""What waits for a second person, on the home page of office and Chairman."""

from blocs.states import SeatRole
from blocs.units.models.requests import AccountRequest
from thidua.common.task_lines import page, task


def request_tasks(desk):
    """Requests about accounts that the person may confirm."""
    standing = desk.standing
    if not (standing.runs.everywhere or standing.has(SeatRole.CHAIR)):
        return []
    waiting = AccountRequest.objects.waiting().exclude(asked_by=desk.user).exclude(user=desk.user)
    found = yield waiting.for_list()
    return [
        task(
            f"Xác nhận đề nghị: {asked}",
            page("units:request_confirm", asked.pk),
            str(asked.user),
            None,
            desk.now,
        )
        for asked in found
    ]
