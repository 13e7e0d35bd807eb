"""The catalogue of titles and forms of award."""

from django.urls import reverse

from awards.proposals.actions.kinds import keep_award_kind
from awards.proposals.forms import AwardKindForm
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
        return context | {"rows": list(zip(kinds, bases, strict=True))}


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


class AwardKindEdit(SecondWriter, ObjectMixin, AwardKindNew):
    heading = "Sửa hình thức khen thưởng"
    crumb = "Sửa hình thức"

    def save(self, form, *, seen):
        fields = form.cleaned_data
        return keep_award_kind(self.object, actor=self.request.user, fields=fields, seen=seen)

    def get_queryset(self):
        return AwardKind.objects.all()

    def get_instance(self):
        # A copy, because binding a model form writes the typed text into its object.
        return AwardKind.objects.get(pk=self.object.pk)
