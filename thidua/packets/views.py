from blocs.years.views.pages import BlocYearPage
from thidua.common.pages.views import PagePermission
from thidua.jobs.offers import OffersJob
from thidua.packets.actions import ask_packet


class YearPacket(BlocYearPage, PagePermission, OffersJob):
    """All papers of the year in one file."""

    permission_required = "years.view_year"
    job_heading = "Hồ sơ của năm trong một tệp"
    job_words = (
        "Một tệp ZIP gồm mọi văn bản đã lưu, bản quét của năm mà bạn được mở, bảng điểm của các "
        "đơn vị và mục lục kèm mã băm. Minh chứng không nằm trong tệp."
    )

    def get_permission_object(self):
        return self.bloc_year

    def get(self, request, *args, **kwargs):
        return self.offer()

    def ask(self):
        return ask_packet(self.bloc_year, actor=self.request.user)
