from django.urls import reverse

from awards.board.actions import give_opinion, move_item, note_item
from awards.board.forms import NoteForm, OpinionForm
from awards.proposals.enums import TONES
from awards.proposals.models import ProposalItem
from awards.proposals.workflows import ITEM
from blocs.ranking.models.rankings import ranking_of
from blocs.years.views.pages import BlocYearPage, find_year
from thidua.common.pages.views import ObjectFormPage, ObjectMixin, ObjectPage, TransitionPage


class ItemMixin(BlocYearPage, ObjectMixin):
    """One line of a proposal the person may read."""

    crumb = "Dòng đề nghị"

    def get_bloc_year(self):
        return find_year(self.request.user, self.find_object().proposal.bloc_year_id)

    def get_queryset(self):
        return ProposalItem.objects.visible_to(self.request.user).for_page()


class ItemDetail(ItemMixin, ObjectPage):
    permission_required = "proposals.view_proposal"
    template_name = "board/item_detail.html"
    workflow = ITEM
    move_url = "board:item_move"

    def get_context_data(self, **kwargs):
        item, user = self.object, self.request.user
        return super().get_context_data(
            tone=TONES[item.state],
            facts=self.get_facts(),
            opinions=list(item.opinions.select_related("member").order_by("given_at", "pk")),
            may_give_opinion=user.has_perm("board.give_opinion", item),
            may_note=user.has_perm("board.note_item", item),
            **kwargs,
        )

    def get_facts(self):
        item = self.object
        facts = [
            ("Hình thức", item.award.name),
            ("Đơn vị", item.unit or "chưa nêu tên"),
            ("Căn cứ", item.award.legal_basis or "chưa ghi"),
        ]
        points = ranking_of(item.proposal.bloc_year).printed_totals.get(item.unit_id)
        if points:
            facts.append(("Tổng điểm xếp hạng", points))
        if item.decision:
            facts.append(("Quyết định", item.decision))
        if item.reason:
            facts.append(("Lý do", item.reason))
        return facts


class ItemMove(ItemMixin, TransitionPage):
    workflow = ITEM

    def act(self, note):
        return move_item(self.object, self.move.name, actor=self.request.user, note=note)


class ItemNote(ItemMixin, ObjectFormPage):
    permission_required = "board.note_item"
    form_class = NoteForm
    heading = "Ghi chú về dòng đề nghị"
    crumb = "Ghi chú"
    success_message = "Đã ghi chú."

    def act(self, form):
        return note_item(self.object, actor=self.request.user, **form.cleaned_data)


class OpinionGive(ItemMixin, ObjectFormPage):
    permission_required = "board.give_opinion"
    form_class = OpinionForm
    heading = "Ý kiến của thành viên Hội đồng"
    crumb = "Cho ý kiến"
    submit_label = "Gửi ý kiến"
    success_message = "Đã ghi ý kiến."

    def act(self, form):
        give_opinion(self.object, actor=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("board:item_detail", args=(self.object.pk,))
