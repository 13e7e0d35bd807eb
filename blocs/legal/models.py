"""The catalogue of legal texts: what the office knows of each, and by which day."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from blocs.legal.domain.texts import (
    LegalText,
    key_of,
    line_of_day,
    marked_line,
    numbers_in,
)
from thidua.common.vietnamese.dates import long_date
from thidua.common.vietnamese.lookups import matching


class LegalDocumentQuerySet(models.QuerySet):
    def in_force(self, day: date):
        """Texts a paper of this day may rest on."""
        begun = Q(in_force_from=None) | Q(in_force_from__lte=day)
        issued = Q(issued_on=None) | Q(issued_on__lte=day)
        return self.filter(begun, issued, Q(in_force_to=None) | Q(in_force_to__gte=day))

    def search(self, query: str):
        """Texts whose kind, number, issuer and subject together have all the words."""
        parts = ("kind", "number", "issuer", "subject")
        told = Concat(*(part for name in parts for part in (name, models.Value(" "))))
        return self.alias(told=told).filter(matching(query, "told"))

    def doubtful_last(self):
        """Texts of which nobody wrote the first day in force stand after all others."""
        is_doubtful = models.Case(models.When(in_force_from=None, then=1), default=0)
        return self.order_by(is_doubtful, "number", "pk")


class LegalDocument(models.Model):
    """A law, decree, circular or regulation as the office knows it.

    Nothing of it is known to the program: what nobody compared with the original says so.
    """

    kind = models.CharField(
        "loại, tên văn bản",
        max_length=150,
        help_text="Ví dụ: Nghị định; Luật Thi đua, khen thưởng; Quyết định.",
    )
    number = models.CharField(
        "số, ký hiệu",
        max_length=60,
        unique=True,
        error_messages={"unique": "Danh mục đã có văn bản số này."},
    )
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=150, blank=True)
    subject = models.CharField("trích yếu", max_length=500, blank=True)
    in_force_from = models.DateField("có hiệu lực từ ngày", null=True, blank=True)
    in_force_to = models.DateField(
        "có hiệu lực đến hết ngày",
        null=True,
        blank=True,
        help_text="Ngày cuối cùng còn hiệu lực; để trống khi chưa có văn bản thay thế.",
    )
    is_verified = models.BooleanField(
        "đã đối chiếu bản gốc",
        default=False,
        help_text="Chưa chọn thì trang và văn bản ghi “chưa đối chiếu” sau văn bản này.",
    )
    source = models.CharField(
        "nguồn",
        max_length=255,
        blank=True,
        help_text="Nơi đọc được bản gốc: số Công báo, cổng thông tin, công văn gửi đến.",
    )

    objects = LegalDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản pháp lý"
        verbose_name_plural = "văn bản pháp lý"
        ordering = ("number", "pk")
        constraints = (
            models.CheckConstraint(
                name="legal_document_ends_after_it_began",
                condition=Q(in_force_from=None)
                | Q(in_force_to=None)
                | Q(in_force_to__gte=F("in_force_from")),
                violation_error_message="Ngày hết hiệu lực không được trước ngày có hiệu lực.",
            ),
            models.CheckConstraint(
                name="legal_document_verified_with_source",
                condition=Q(is_verified=False) | ~Q(source=""),
                violation_error_message="Đã đối chiếu thì phải ghi nguồn của bản gốc.",
            ),
        )

    def __str__(self):
        return f"{self.kind} số {self.number}"

    def get_absolute_url(self):
        return reverse("legal:legal_document_detail", args=(self.pk,))

    @property
    def text(self) -> LegalText:
        """The text as the domain tells it."""
        return LegalText(
            self.number, self.in_force_from, self.in_force_to, self.is_verified, self.issued_on
        )

    @property
    def basis_line(self) -> str:
        """«Căn cứ Nghị định số 152/2025/NĐ-CP ngày … của Chính phủ quy định …», without its end."""
        day = f" {long_date(self.issued_on)}" if self.issued_on else ""
        issuer = f" của {self.issuer}" if self.issuer else ""
        subject = f" {self.subject.rstrip('.;')}" if self.subject else ""
        return f"Căn cứ {self}{day}{issuer}{subject}"

    def marked(self, day: date) -> str:
        """The short name with what must be known of it on that day."""
        marks = self.text.marks(day)
        return f"{self} ({', '.join(marks)})" if marks else str(self)


def paper_day(day: date | None) -> date:
    """The day by which a paper is told: today while it has none."""
    return day or timezone.localdate()


def known_texts() -> dict[str, LegalText]:
    """All texts of the catalogue by their number; one query."""
    return {key_of(row.number): row.text for row in LegalDocument.objects.all()}


def marked_bases(lines: Iterable[str], day: date | None) -> tuple[str, ...]:
    """Each basis with what must be known of it on that day, else today.

    One query where any line names a text by its number, none else.
    """
    lines, day = tuple(lines), paper_day(day)
    known = texts_named(lines)
    return tuple(marked_line(line, known, day) for line in lines)


def bases_on(lines: Iterable[str], day: date | None) -> tuple[str, ...]:
    """The bases of a paper of that day, marked: without what was issued only afterwards."""
    lines, day = tuple(lines), paper_day(day)
    known = texts_named(lines)
    found = (line_of_day(line, known, day) for line in lines)
    return tuple(marked_line(line, known, day) for line in found if line)


def texts_named(lines: Iterable[str]) -> dict[str, LegalText]:
    """The catalogue, where any line names a text by its number; nothing else is asked for."""
    return known_texts() if any(map(numbers_in, lines)) else {}
