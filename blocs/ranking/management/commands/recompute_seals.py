"""Recomputes every sealed ranking of the database with this version: before an upgrade counts."""

import json

from django.core.management.base import BaseCommand, CommandError

from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.ranking.models import RankingSeal
from blocs.scoring.terms.numbers import RuleError
from thidua.common.vietnamese.numbers import two_digits

SAME = "Đã tính lại {count} lần chốt xếp hạng: mọi tổng điểm, xếp loại, thứ hạng như lúc chốt."
DIFFERENT = "{wrong} trong {count} lần chốt không tính lại được như lúc chốt:\n{lines}"


class Command(BaseCommand):
    help = "Tính lại mọi xếp hạng đã chốt bằng phiên bản này; lệch thì nêu chỗ lệch và thoát 1."

    def handle(self, **options: object) -> None:
        count, wrong = 0, []
        seals = RankingSeal.objects.select_related("bloc_year__bloc").order_by("pk")
        for seal in seals.iterator():
            count += 1
            for sentence in faults_of(seal.proof):
                wrong.append((seal.pk, f"  {seal.bloc_year}, lần {seal.number}: {sentence}"))
        if wrong:
            told = {
                "wrong": two_digits(len({pk for pk, _ in wrong})),
                "count": two_digits(count),
                "lines": "\n".join(line for _, line in wrong),
            }
            raise CommandError(DIFFERENT.format(**told))
        self.stdout.write(SAME.format(count=two_digits(count)))


def faults_of(proof: dict) -> list[str]:
    """What differs when the proof kept with a seal is computed again."""
    try:
        found = check_proof(read_proof(json.dumps(proof)))
    except RuleError as error:
        return [str(error)]
    return [mismatch.sentence for mismatch in found.mismatches]
