"""The units of a sealed ranking, read back from its proof."""

import json
from collections.abc import Mapping
from dataclasses import replace

from blocs.ranking.domain.proof_reading import read_proof
from blocs.ranking.models.seals import RankingSeal
from blocs.scoring.ranking.contenders import Contender


def sealed_contenders(seal: RankingSeal, order: Mapping[int, int]) -> dict[int, Contender]:
    """The units with the points, days, votes and grounds they had when the ranking was sealed.

    `order` is the official place of each unit by its key.
    """
    read = read_proof(json.dumps(seal.proof)).units
    return {
        unit: replace(one.contender, unit=unit, order=order.get(unit, one.contender.order))
        for unit, one in zip(seal.units, read, strict=True)
    }
