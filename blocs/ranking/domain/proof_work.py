"""What the warm process of proofs does: a file that somebody brought is recomputed there."""

import json
from collections.abc import Callable

from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.scoring.ranking.classification import class_limits
from blocs.scoring.ranking.part_year import PartYear
from blocs.scoring.terms.numbers import RuleError

# What the page says of a file before its figures.
PROOF_FACTS = ("bloc", "year", "school_year", "made_at")
MOST_MISMATCHES = 200


def checker() -> Callable[[bytes], bytes]:
    """The work of the process: a request is the text of a proof, its reply what came of it."""

    def check(request: bytes) -> bytes:
        try:
            return json.dumps(checked(request.decode())).encode()
        except RuleError as error:
            return json.dumps({"refused": str(error)}).encode()

    return check


def checked(text: str) -> dict[str, object]:
    """Facts, recomputed results and mismatches of a proof; RuleError where it is none."""
    proof = read_proof(text)
    found = check_proof(proof)
    return {
        "proof": {key: proof.data.get(key) for key in PROOF_FACTS},
        "rows": found.rows,
        "mismatches": [one.sentence for one in found.mismatches[:MOST_MISMATCHES]],
        "decimals": max((table.rules.decimals or 0 for table in proof.tables.values()), default=0),
        "is_by_months": proof.rules.part_year == PartYear.BY_MONTHS,
        "by_percent": found.by_percent,
        "ties": found.ties,
        "limits": {
            name: [str(limit) for limit in limits]
            for name, limits in class_limits(proof.rules.bands).items()
        },
    }
