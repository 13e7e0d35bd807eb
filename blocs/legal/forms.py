"""The catalogue of legal texts, and bases offered by day to the forms of papers."""

from decimal import Decimal

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.db.models import Model

from blocs.legal.domain.texts import key_of, line_of_day, numbers_in, with_lines
from blocs.legal.domain.usual_rules import FIRST_RULES, SOURCES, source_sentence
from blocs.legal.models import LegalDocument, paper_day, texts_named
from blocs.scoring.terms.numbers import show
from thidua.common.pages.forms import TidyModelForm
from thidua.common.pages.searched.fields import SearchedManyField
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.text import filled_lines

OFFERED = (
    "Văn bản trong danh mục có hiệu lực ngày {day} mà căn cứ chưa nêu; chọn rồi lưu thì văn bản "
    "thành một dòng ở cuối căn cứ. Văn bản chưa ghi ngày có hiệu lực đứng cuối: hãy kiểm tra văn "
    "bản còn hiệu lực không rồi mới chọn."
)

TOO_EARLY = (
    "Văn bản số {names} ban hành sau ngày của văn bản này ({day}) nên chưa thể là căn cứ; bỏ dòng "
    "đó hoặc sửa lại ngày."
)


class LegalDocumentForm(TidyModelForm):
    class Meta:
        model = LegalDocument
        fields = (
            "kind",
            "number",
            "issued_on",
            "issuer",
            "subject",
            "in_force_from",
            "in_force_to",
            "is_verified",
            "source",
        )
        widgets = {"subject": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Row(Column("kind"), Column("number")),
            Row(Column("issued_on"), Column("issuer")),
            "subject",
            Row(Column("in_force_from"), Column("in_force_to")),
            "is_verified",
            "source",
        )


class OffersBases:
    """Comes before a form with `legal_bases`: texts in force on the day of the paper are offered.

    The day is a column of the paper (`day_field`); while it is empty, today.
    """

    day_field = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day = paper_day(getattr(self.instance, self.day_field, None))
        in_force = LegalDocument.objects.in_force(day).doubtful_last()
        field = self.fields["offered"] = SearchedManyField(
            in_force,
            label="Thêm căn cứ đang có hiệu lực",
            required=False,
            help_text=OFFERED.format(day=short_date(day)),
        )
        field.label_from_instance = offered_words
        # What is ticked stays ticked on a page that saves itself: it is offered there no more.
        if self.is_bound:
            return
        text = self.get_initial_for_field(self.fields["legal_bases"], "legal_bases")
        named = {key_of(one) for one in numbers_in(text or self.usual_bases())}
        found = [row.pk for row in in_force if key_of(row.number) not in named]
        field.queryset = in_force.filter(pk__in=found)
        if not found:
            del self.fields["offered"]

    def usual_bases(self):
        """What the paper rests on while its own bases are empty."""
        return ""

    def bases_layout(self):
        """The bases, and below them what is offered where anything is."""
        return [name for name in ("legal_bases", "offered") if name in self.fields]

    def clean(self):
        data = super().clean()
        if named := self.named_too_early(data):
            self.add_error("legal_bases", named)
        lines = [f"{row.basis_line};" for row in data.pop("offered", None) or ()]
        if lines and "legal_bases" in data:
            data["legal_bases"] = with_lines(data["legal_bases"] or self.usual_bases(), lines)
        return data

    def named_too_early(self, data):
        """The refusal of a typed basis that was issued after the day of the paper; else empty."""
        text, day = data.get("legal_bases") or "", data.get(self.day_field)
        if not text or day is None:
            return ""
        known = texts_named([text])
        later = [line for line in filled_lines(text) if not line_of_day(line, known, day)]
        if not later:
            return ""
        names = ", ".join(dict.fromkeys(one for line in later for one in numbers_in(line)[:1]))
        return TOO_EARLY.format(names=names, day=short_date(day))


def offered_words(document):
    """The text as it would stand among the bases, and what nobody has said of it yet."""
    words, doubts = document.basis_line.removeprefix("Căn cứ "), ", ".join(document.text.doubts)
    return f"{words} ({doubts})" if doubts else words


def say_sources(form: forms.ModelForm) -> None:
    """Put the default of each field of a year's rules, and where it comes from, into its help."""
    for name, field in form.fields.items():
        if name in SOURCES:
            sentence = source_sentence(name, default_words(form._meta.model, name))
            field.help_text = f"{field.help_text} {sentence}".strip()


def default_words(model: type[Model], name: str) -> str:
    """The default of a field as people read it; where units stay level, the conference decides."""
    if name == "tie_last":
        return "hội nghị quyết định"
    column = model._meta.get_field(name)
    value = FIRST_RULES.get(name, column.default)
    if isinstance(value, bool):
        return "có" if value else "không"
    if column.choices:
        return dict(column.flatchoices)[value].lower()
    return show(Decimal(value))
