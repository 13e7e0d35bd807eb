"""Which article of which legal text each rule of a year rests on."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst

from blocs.legal.models import LegalDocument
from blocs.years.domain.rule_bases import RULES, UNCITED
from blocs.years.models.years import BlocYear


class RuleBasis(models.Model):
    """Which article of which text one rule of a year rests on."""

    bloc_year = models.ForeignKey(
        BlocYear, models.CASCADE, related_name="rule_bases", verbose_name="năm thi đua"
    )
    rule = models.CharField("quy định", max_length=20, choices=tuple(RULES.items()))
    document = models.ForeignKey(
        LegalDocument, models.PROTECT, related_name="citations", verbose_name="văn bản"
    )
    article = models.CharField("điều, khoản", max_length=100)

    class Meta:
        verbose_name = "căn cứ của quy định"
        verbose_name_plural = "căn cứ của quy định"
        ordering = ("pk",)
        indexes = (models.Index(fields=("document", "bloc_year", "id"), name="basis_by_text"),)
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "rule"),
                name="rule_basis_once",
                violation_error_message="Quy định này đã dẫn căn cứ.",
            ),
            models.CheckConstraint(
                name="rule_basis_names_an_article",
                condition=~Q(article=""),
                violation_error_message="Căn cứ của quy định phải nêu điều, khoản.",
            ),
        )

    def __str__(self):
        return f"{self.article} {self.document}"


class Citations:
    """The texts that the rules of a year rest on, as they are on a day; one query."""

    def __init__(self, bloc_year: BlocYear, day: date):
        self.bloc_year, self.day = bloc_year, day

    @cached_property
    def rows(self) -> dict[str, RuleBasis]:
        found = self.bloc_year.rule_bases.select_related("document")
        return {row.rule: row for row in found}

    def words(self, rule: str) -> str:
        """«Điều 5, khoản 2 Quyết định số … (hết hiệu lực từ …)», or that no text is cited."""
        row = self.rows.get(rule)
        return f"{row.article} {row.document.marked(self.day)}" if row else UNCITED

    def sentence(self, rule: str) -> str:
        """The same as a sentence that stands behind the rule."""
        words = self.words(rule)
        return f"Căn cứ: {words}." if rule in self.rows else f"{words.capitalize()}."

    def facts(self) -> list[tuple[str, str]]:
        """Every rule with what it rests on, as pages list facts."""
        return [(capfirst(label), self.words(rule)) for rule, label in RULES.items()]

    def told(self, rules: Iterable[str]) -> tuple[str, ...]:
        """«Tỷ lệ phiếu; số Cờ thi đua: Điều 5 …», those that rest on the same told together."""
        together: dict[str, list[str]] = {}
        for rule in rules:
            together.setdefault(self.words(rule), []).append(RULES[rule])
        found = (f"{'; '.join(names)}: {words}" for words, names in together.items())
        return tuple(f"{line[0].upper()}{line[1:]}" for line in found)
