"""The published schema says what a proof file is, to the last key."""

import json
from pathlib import Path

from blocs.ranking.domain.proof import write_proof
from tests.factories.random_blocs import random_bloc
from tests.json_schema import faults

SCHEMA = json.loads(
    (Path(__file__).parents[4] / "docs/ranking-proof.schema.json").read_text(encoding="utf-8")
)


def test_written_proofs_follow_the_schema():
    proofs = [write_proof(random_bloc(seed)) for seed in range(60)]
    assert [faults(proof, SCHEMA, SCHEMA) for proof in proofs] == [[]] * 60


def test_the_schema_sees_what_is_wrong():
    data = write_proof(random_bloc(1))
    data["units"][0]["result"]["place"] = "1"
    data["rules"]["extra"] = 1
    del data["bloc"]
    assert faults(data, SCHEMA, SCHEMA) == [
        "$: bloc is missing",
        "$.rules: extra is not known",
        "$.units[0].result.place: none of the alternatives",
    ]
