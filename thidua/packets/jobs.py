from blocs.ranking.actions.files import seen_reports, workbook_of
from blocs.ranking.jobs import may_open, seen_year
from thidua.jobs.kinds import JobKind, Made, register_job
from thidua.packets.actions import NAME
from thidua.packets.documents import packet_name, write_packet

ZIP = "application/zip"


def make(desk):
    """The packet of the year for who asked, as that person may see it now."""
    bloc_year, workbook = seen_year(desk.actor, desk.arguments), None
    may_read = desk.actor.has_perm("reports.list_report")
    if may_read and (reports := seen_reports(bloc_year, actor=desk.actor)):
        desk.tell(0, 0, "Bảng điểm của các đơn vị")
        workbook = workbook_of(bloc_year, reports, actor=desk.actor)
    write_packet(desk.path, bloc_year, desk.actor, workbook=workbook, tell=desk.tell)
    return Made(packet_name(bloc_year), ZIP)


register_job(JobKind(NAME, make, may_open))
