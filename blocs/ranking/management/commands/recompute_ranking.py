"""Recompute a ranking from its proof file; neither database nor network is needed."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.scoring.terms.numbers import RuleError

MISMATCH, UNREADABLE = 1, 2


class Command(BaseCommand):
    help = (
        "Tính lại thứ hạng từ tệp kiểm chứng (ranking-proof/1). Kết thúc với mã 0 khi khớp, 1 khi "
        "không khớp, 2 khi không đọc được tệp."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", help="tệp kiểm chứng xếp hạng (.json)")

    def handle(self, *args, file, **options):
        try:
            proof = read_proof(Path(file).read_text(encoding="utf-8"))
            found = check_proof(proof)
        except OSError as error:
            raise CommandError(f"Không mở được tệp {file}.", returncode=UNREADABLE) from error
        except UnicodeDecodeError as error:
            raise CommandError("Tệp không phải văn bản UTF-8.", returncode=UNREADABLE) from error
        except RuleError as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        sentences = [mismatch.sentence for mismatch in found.mismatches]
        answer = {
            "bloc": proof.data.get("bloc"),
            "year": proof.data.get("year"),
            "units": found.rows,
            "mismatches": sentences,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        if sentences:
            raise CommandError("\n".join(sentences), returncode=MISMATCH)
