"""Real scoring tables as published tables of a year, made without going through the pages."""

from django.db import transaction
from django.utils import timezone

from blocs.criteria.actions.tables import from_table
from blocs.criteria.models import ScoringTable
from blocs.criteria.models.table_files import fingerprint_of, table_file
from blocs.scoring.totals.tables import Table, from_json
from blocs.scoring.totals.tree import with_formula
from blocs.states import TableState
from tests.criteria import criteria

# The file of cluster 347 tells its formula in prose only.
FORMULA = "relative_to_leader"


def real_table(name="ca-cum-347", formula=FORMULA):
    """The table of a file of tests/criteria; quantitative lines without a formula have this one."""
    read = from_json(criteria(name))
    return Table(with_formula(read.nodes, formula), read.rules, read.title, read.disqualifiers)


@transaction.atomic
def published_real_table(year, name="ca-cum-347", formula=FORMULA):
    """A published table of `year` (347: 230 lines, 176 leaves, 1000 points)."""
    table = from_table(year, real_table(name, formula), title="Bảng chấm điểm thi đua")
    ScoringTable.objects.filter(pk=table.pk).update(
        state=TableState.PUBLISHED,
        published_at=timezone.now(),
        fingerprint=fingerprint_of(table_file(table)),
    )
    return ScoringTable.objects.get(pk=table.pk)
