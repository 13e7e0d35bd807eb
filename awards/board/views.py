from django.urls import reverse
from django.utils.functional import cached_property

from awards.board.actions import (
    confirm_opinions,
    confirm_verdict,
    forward_item,
    give_opinion,
    move_item,
    note_item,
)
from awards.board.forms import ForwardForm, NoteForm, OpinionForm
from awards.proposals.enums import TONES, ItemState, ProposalState
from awards.proposals.models import ProposalItem
from awards.proposals.models.basis import changed_opinions
from awards.proposals.models.beside_votes import result_words, year_votes
from awards.proposals.models.quotas import line_warnings
from awards.proposals.workflows import ITEM
from blocs.legal.models import marked_bases
from blocs.ranking.models.rankings import ranking_of
from blocs.years.views.pages import BlocYearPage, find_year
from thidua.common.basis import basis_faults, faults_of
from thidua.common.pages.basis import BasisForm, BasisPage
from thidua.common.pages.views import ObjectFormPage, ObjectMixin, ObjectPage, TransitionPage

OF_STATE = "cấp Nhà nước; Chủ tịch UBND tỉnh trình, không quyết định tặng"
NOT_NOW = "Dòng đề nghị đang ở trạng thái “{state}”; chỉ trình cấp Nhà nước dòng đủ điều kiện."
BEFORE_COUNCIL = ProposalState.BEFORE_COUNCIL


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
            may_forward=item.state == ItemState.ELIGIBLE
            and item.award.is_national
            and user.has_perm("board.forward_item", item),
            basis=self.basis,
            basis_url=self.settle_url("board:item_basis", "board.appraise_item", self.basis),
            opinion_basis=self.opinion_basis,
            opinion_url=self.settle_url(
                "board:opinion_basis", "board.close_council", self.opinion_basis
            ),
            **kwargs,
        )

    @cached_property
    def basis(self):
        """What changed below the office's verdict."""
        return basis_faults(self.object) if self.object.state == ItemState.ELIGIBLE else []

    @cached_property
    def opinion_basis(self):
        """What changed below the opinions of the council while it is asked."""
        item = self.object
        return opinion_faults(item) if item.proposal.state == BEFORE_COUNCIL else []

    def settle_url(self, name, right, sentences):
        """Where the person says why it stands; empty where nothing changed, and for others."""
        may = bool(sentences) and self.request.user.has_perm(right, self.object)
        return reverse(name, args=(self.object.pk,)) if may else ""

    def marked_basis(self):
        """The basis of the award as it stood on the day of the submission."""
        item = self.object
        return marked_bases([item.award.legal_basis], item.proposal.looked_at_on)[0]

    def get_facts(self):
        item = self.object
        facts = [
            ("Hình thức", item.award.name),
            ("Đơn vị", item.unit or "chưa nêu tên"),
            ("Căn cứ", self.marked_basis() or "chưa ghi"),
        ]
        if item.award.is_national:
            facts.append(("Thẩm quyền", OF_STATE))
        if item.forwarded_words:
            facts.append(("Trình cấp Nhà nước", item.forwarded_words))
        standing = ranking_of(item.proposal.bloc_year).standings.get(item.unit_id)
        if standing:
            facts.append(("Điểm xếp hạng", " ".join(filter(None, standing))))
        facts += [
            ("Kết quả theo biên bản", f"{row.words} ({row.source})")
            for row in item.proposal.bloc_year.stated_places.filter(unit=item.unit_id)
        ]
        votes = year_votes(item.proposal.bloc_year)
        if voted := result_words(votes.of_item(item)):
            facts.append(("Bỏ phiếu tại hội nghị", voted))
        told = line_warnings(item.proposal, [item], votes)
        facts += [("Cảnh báo", words) for _, words in told]
        if item.warned_reason:
            facts.append(("Lý do khối vẫn đề nghị", item.warned_reason))
        if item.decision:
            facts.append(("Quyết định", item.decision))
        if item.reason:
            facts.append(("Lý do", item.reason))
        return facts


class ItemMove(ItemMixin, TransitionPage):
    workflow = ITEM

    def act(self, note):
        return move_item(self.object, self.move.name, actor=self.request.user, note=note)


class ItemForward(ItemMixin, ObjectFormPage):
    """The office records by which paper the Chairman submitted the line to the State."""

    permission_required = "board.forward_item"
    form_class = ForwardForm
    heading = "Ghi tờ trình cấp Nhà nước"
    crumb = "Trình cấp Nhà nước"
    submit_label = "Ghi đã trình"
    success_message = "Đã ghi tờ trình cấp Nhà nước."
    consequence = (
        "Dòng này được xét xong ở tỉnh: không đưa vào quyết định của Chủ tịch, không trả lại khối "
        "nữa. Kết quả theo quyết định của cấp Nhà nước."
    )

    def get_closed(self):
        item = self.object
        if item.state != ItemState.ELIGIBLE:
            return NOT_NOW.format(state=item.get_state_display())
        return super().get_closed() or "\n".join(ITEM["forward"].obstacles(item))

    def act(self, form):
        return forward_item(self.object, actor=self.request.user, **form.cleaned_data)


class ItemBasis(ItemMixin, BasisPage):
    """What changed below a line that the office found eligible."""

    permission_required = "board.appraise_item"

    def save(self, form, *, seen):
        reason, actor = form.cleaned_data["reason"], self.request.user
        return confirm_verdict(self.object, actor=actor, reason=reason, seen=seen)


class OpinionBasis(ItemMixin, ObjectFormPage):
    """The chair lets the opinions on a line stand although what they rest on changed."""

    permission_required = "board.close_council"
    form_class = BasisForm
    heading = "Xác nhận ý kiến Hội đồng khi căn cứ đã thay đổi"
    crumb = "Căn cứ đã thay đổi"
    submit_label = "Xác nhận"
    success_message = "Đã xác nhận ý kiến."

    @property
    def consequence(self):
        return " ".join(opinion_faults(self.object))

    def act(self, form):
        return confirm_opinions(
            self.object, actor=self.request.user, reason=form.cleaned_data["reason"]
        )


def opinion_faults(item):
    """«Ý kiến của …: căn cứ đã thay đổi: …» for each opinion on the line."""
    return [
        f"Ý kiến của {opinion.member}: {sentence[0].lower()}{sentence[1:]}"
        for opinion, changes in changed_opinions(item.proposal)
        if opinion.item_id == item.pk
        for sentence in faults_of(changes)
    ]


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
