"""The ranking proof: to be taken away, and to be checked by anybody who has a file."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from blocs.ranking.forms import ProofForm
from blocs.ranking.models.proofs import ranking_proof
from blocs.ranking.models.ranking_words import rounding_sentence
from blocs.ranking.models.rankings import PLACES
from blocs.ranking.models.seals import RankingSeal
from blocs.ranking.views.ranking_files import SeenRanking
from blocs.scoring.ranking.part_year import YEAR_MONTHS
from blocs.scoring.ranking.ranking import decimals_to_show
from thidua.common.pages.views import FormPage
from thidua.common.vietnamese.numbers import format_decimal, whole_number
from thidua.common.vietnamese.text import file_stem
from thidua.common.warm.client import (
    BusyError,
    FailedWorkError,
    TooCostlyError,
    UnreachableError,
    Workshop,
)

CHECKERS = Workshop(
    name="proof", work="blocs.ranking.domain.proof_work:checker", seconds=15, memory_mb=600
)
WRONG = "Tệp có mục thiếu hoặc không đúng dạng."
TOO_COSTLY = (
    "Tệp này quá nặng để tính lại trên trang: máy chủ đã dừng giữa chừng. Dùng lệnh "
    "recompute_ranking để kiểm tra."
)
BUSY = "Máy chủ đang kiểm tra tệp khác. Vui lòng thử lại sau ít phút."
UNREACHABLE = "Máy chủ chưa tính lại được tệp. Vui lòng báo người quản trị."


class RankingProof(SeenRanking, View):
    """The file, under the rights of the ranking itself."""

    def get(self, request, *args, **kwargs):
        ranking = self.seen_ranking()
        data = self.sealed_proof()
        if data is None:
            data = ranking_proof(ranking, timezone.localtime())
        text = json.dumps(data, ensure_ascii=False, indent=1)
        answer = HttpResponse(text, content_type="application/json; charset=utf-8")
        name = file_stem(f"kiểm chứng xếp hạng {self.bloc_year}")
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
        found = recomputed(form.cleaned_data["file"])
        if "refused" in found:
            form.add_error("file", found["refused"])
            return self.form_invalid(form)
        return self.render_to_response(
            self.get_context_data(
                form=self.form_class(),
                proof=found["proof"],
                found=printed_rows(found),
                by_percent=found["by_percent"],
                rule=f"{found['ties']} {rounding_of(found)}",
                mismatches=found["mismatches"],
            )
        )

    def get_context_data(self, **kwargs):
        empty = {"proof": None, "found": (), "by_percent": False, "rule": "", "mismatches": ()}
        return super().get_context_data(**(empty | kwargs))

    def get_cancel_url(self):
        return reverse("years:year_list")


def recomputed(text: str) -> dict[str, Any]:
    """What the warm process says of the text of a proof; a sentence under `refused` if nothing."""
    try:
        return json.loads(CHECKERS.ask(text.encode()))
    except TooCostlyError:
        return {"refused": TOO_COSTLY}
    except BusyError:
        return {"refused": BUSY}
    except UnreachableError:
        return {"refused": UNREACHABLE}
    except FailedWorkError:
        return {"refused": WRONG}


def printed_rows(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The recomputed results with their figures as the ranking prints them."""
    decimals = printed_decimals(found)
    return [
        row
        | {
            "total": format_decimal(Decimal(row["total"]), decimals),
            "compared": format_decimal(Decimal(row["compared"]), decimals)
            if row["compared"] is not None
            else "",
            "part": part_of_year(row, decimals) if found["is_by_months"] else "",
        }
        for row in found["rows"]
    ]


def printed_decimals(found: Mapping[str, Any]) -> int:
    """Enough to tell totals and compared figures apart and on their side of the class limits."""
    ranked = [row for row in found["rows"] if row["place"] is not None]
    limits = {name: [Decimal(one) for one in given] for name, given in found["limits"].items()}
    compared = "percent" if found["by_percent"] else "total"
    decimals = max(PLACES, found["decimals"])
    for key, name in (("total", "total"), ("compared", compared)):
        figures = [Decimal(row[key]) for row in ranked]
        decimals = decimals_to_show(figures, at_least=decimals, limits=limits[name])
    return decimals


def rounding_of(found: Mapping[str, Any]) -> str:
    """How the figures are printed and what of them was compared."""
    return rounding_sentence(printed_decimals(found), by_percent=found["by_percent"])


def part_of_year(row: Mapping[str, Any], decimals: int) -> str:
    """By which months a unit was compared, and with what; empty for a unit of the whole year."""
    if row["months"] >= YEAR_MONTHS or row["compared"] is None:
        return ""
    figure = format_decimal(Decimal(row["compared"]), decimals)
    return f"So sánh theo {row['months']:02d}/{YEAR_MONTHS} tháng: {figure}."
