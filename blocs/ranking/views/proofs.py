"""The ranking proof: to be taken away, and to be checked by anybody who has a file."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views import View

from blocs.ranking.domain.proof_check import Recomputed, check_proof
from blocs.ranking.domain.proof_reading import Proof, read_proof
from blocs.ranking.forms import ProofForm
from blocs.ranking.models.proofs import ranking_proof
from blocs.ranking.models.rankings import PLACES
from blocs.ranking.models.seals import RankingSeal
from blocs.ranking.views.ranking_files import SeenRanking
from blocs.scoring.ranking.part_year import YEAR_MONTHS, PartYear
from blocs.scoring.ranking.ranking import decimals_to_show
from blocs.scoring.terms.numbers import RuleError
from thidua.common.pages.views import FormPage
from thidua.common.vietnamese.numbers import format_decimal, whole_number
from thidua.common.vietnamese.text import fold

# What the page says of a file before its figures.
PROOF_FACTS = ("bloc", "year", "school_year", "made_at")


class RankingProof(SeenRanking, View):
    """The file, under the rights of the ranking itself."""

    def get(self, request, *args, **kwargs):
        ranking = self.seen_ranking()
        data = self.sealed_proof()
        if data is None:
            data = ranking_proof(ranking, timezone.localtime())
        text = json.dumps(data, ensure_ascii=False, indent=1)
        answer = HttpResponse(text, content_type="application/json; charset=utf-8")
        name = slugify(fold(f"kiểm chứng xếp hạng {self.bloc_year}"))
        answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return answer

    def sealed_proof(self):
        """The proof of the last seal, or of the one asked for by its number; None before any."""
        seals = RankingSeal.objects.filter(bloc_year=self.bloc_year).order_by("-number")
        if (asked := self.request.GET.get("lan")) is not None:
            number = whole_number(asked)
            return get_object_or_404(seals, number=-1 if number is None else number).proof
        return seals.values_list("proof", flat=True).first()


class ProofCheck(FormPage):
    """Recomputes an uploaded file; nothing of it is kept."""

    permission_required = "years.list_year"
    template_name = "ranking/proofs/check.html"
    form_class = ProofForm
    heading = "Kiểm tra tệp kiểm chứng xếp hạng"
    submit_label = "Kiểm tra"
    breadcrumbs = (("Trang chủ", "/"), ("Kiểm tra tệp kiểm chứng", None))

    def form_valid(self, form):
        try:
            proof = read_proof(form.cleaned_data["file"])
            found = check_proof(proof)
        except RuleError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        return self.render_to_response(
            self.get_context_data(
                form=self.form_class(),
                proof={key: proof.data.get(key) for key in PROOF_FACTS},
                found=printed_rows(proof, found),
                mismatches=[mismatch.sentence for mismatch in found.mismatches],
            )
        )

    def get_context_data(self, **kwargs):
        empty = {"proof": None, "found": (), "mismatches": ()}
        return super().get_context_data(**(empty | kwargs))

    def get_cancel_url(self):
        return reverse("years:year_list")


def printed_rows(proof: Proof, found: Recomputed) -> list[dict[str, Any]]:
    """The recomputed results with their figures as the ranking prints them."""
    finest = max((table.rules.decimals or 0 for table in proof.tables.values()), default=0)
    totals = [Decimal(row["total"]) for row in found.rows if row["place"] is not None]
    decimals = decimals_to_show(totals, at_least=max(PLACES, finest))
    return [
        row
        | {
            "total": format_decimal(Decimal(row["total"]), decimals),
            "part": part_of_year(row, proof, decimals),
        }
        for row in found.rows
    ]


def part_of_year(row: Mapping[str, Any], proof: Proof, decimals: int) -> str:
    """By which months a unit was compared, and with what; empty for a unit of the whole year."""
    is_short = row["months"] < YEAR_MONTHS and row["compared"] is not None
    if not is_short or proof.rules.part_year != PartYear.BY_MONTHS:
        return ""
    figure = format_decimal(Decimal(row["compared"]), decimals)
    return f"So sánh theo {row['months']:02d}/{YEAR_MONTHS} tháng: {figure}."
