"""Where each thing is done that minutes wait for, for whoever may do it."""

from django.urls import reverse

from blocs.conferences.workflows import (
    agenda_is_written,
    chair_led_on_its_day,
    head_of_minutes_is_written,
    objections_are_over,
    quorum_is_present,
    roll_is_of_its_day,
    sheets_are_appraised,
    vote_stands,
)

COUNT_ANEW = ("Mở lại kết quả kiểm phiếu", "conference_move", "reopen")
FACTS = ("Sửa thông tin hội nghị", "conference_edit")
# Pages of the sitting: label, name, more of the address. They ask the rights of their page.
IN_SITTING = {
    roll_is_of_its_day: COUNT_ANEW,
    quorum_is_present: COUNT_ANEW,
    chair_led_on_its_day: FACTS,
    head_of_minutes_is_written: FACTS,
    agenda_is_written: ("Nội dung hội nghị", "agenda_edit"),
    vote_stands: ("Căn cứ của phiếu suy tôn", "vote_basis"),
}
CONFIRMED = {"conference_move", "vote_basis"}
REPORTS = ("Báo cáo và điểm", "reports:year_reports")
CHANGES = ("Thay đổi thành phần", "changes:member_change_list")
# Pages of the year, which whoever seals may read.
IN_YEAR = {sheets_are_appraised: (REPORTS, CHANGES), objections_are_over: (REPORTS,)}


def ways_to_seal(conference, user):
    """Pairs (label, address) for what holds this sealing, each page once."""
    found = {}
    for guard, (label, name, *more) in IN_SITTING.items():
        right = "confirm_count" if name in CONFIRMED else "write_conference"
        if guard(conference) and user.has_perm(f"conferences.{right}", conference):
            found[label] = conference.address(name, *more)
    for guard, pages in IN_YEAR.items():
        for label, name in pages if guard(conference) else ():
            found[label] = reverse(name, args=(conference.bloc_year_id,))
    return tuple(found.items())
