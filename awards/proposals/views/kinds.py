"""The catalogue of titles and forms of award."""

from functools import cached_property

from django.contrib import messages
from django.urls import reverse

from awards.proposals.actions.kinds import keep_award_kind, load_usual_kinds, plan_usual_kinds
from awards.proposals.forms import AwardKindForm, UsualKindsForm
from blocs.legal.models import marked_bases
from blocs.years.models import AwardKind
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import FormPage, ListPage, ObjectMixin

HOME = ("Trang chủ", "/")
KINDS = "Hình thức khen thưởng"


class AwardKindList(ListPage):
    permission_required = "years.keep_award_kinds"
    template_name = "proposals/kind_list.html"
    breadcrumbs = (HOME, (KINDS, None))

    def get_rows(self):
        return AwardKind.objects.order_by("order", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        kinds = list(context["page_obj"])
        bases = marked_bases([kind.legal_basis for kind in kinds], None)
        unread = AwardKind.objects.filter(is_compared=False).count()
        return context | {"rows": list(zip(kinds, bases, strict=True)), "unread": unread}


class AwardKindNew(FormPage):
    permission_required = "years.keep_award_kinds"
    form_class = AwardKindForm
    heading = "Thêm hình thức khen thưởng"
    crumb = "Thêm hình thức"

    def get_breadcrumbs(self):
        return [HOME, (KINDS, reverse("proposals:kind_list")), (self.crumb, None)]

    def act(self, form):
        return keep_award_kind(AwardKind(), actor=self.request.user, fields=form.cleaned_data)

    def get_success_url(self):
        return reverse("proposals:kind_list")


class AwardKindLoad(AwardKindNew):
    """Loads the shipped forms the catalogue lacks: shown first, added with one press."""

    template_name = "proposals/kind_load.html"
    form_class = UsualKindsForm
    heading = "Nạp hình thức khen thưởng có sẵn"
    crumb = "Nạp danh mục"
    submit_label = "Nạp các hình thức còn thiếu"
    success_message = ""

    @cached_property
    def plan(self):
        return plan_usual_kinds()

    def get_initial(self):
        return {"shown": self.plan.mark}

    def act(self, form):
        made = load_usual_kinds(actor=self.request.user, shown=form.cleaned_data["shown"])
        messages.success(self.request, f"Đã thêm {len(made):02d} hình thức khen thưởng.")

    def form_invalid(self, form):
        """The next press is about the rows that the page shows now."""
        form.data = form.data.copy()
        form.data["shown"] = self.plan.mark
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(plan=self.plan, **kwargs)


class AwardKindEdit(SecondWriter, ObjectMixin, AwardKindNew):
    template_name = "proposals/kind_edit.html"
    heading = "Sửa hình thức khen thưởng"
    crumb = "Sửa hình thức"

    def save(self, form, *, seen):
        fields = form.cleaned_data
        return keep_award_kind(self.object, actor=self.request.user, fields=fields, seen=seen)

    def get_queryset(self):
        return AwardKind.objects.all()

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_compared=self.object.is_compared, **kwargs)

    def get_instance(self):
        # A copy, because binding a model form writes the typed text into its object.
        return AwardKind.objects.get(pk=self.object.pk)
