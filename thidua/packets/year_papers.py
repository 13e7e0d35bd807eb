"""Which kept papers and scans belong to a bloc year, of those that a person may open."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from agreements.models import Agreement
from awards.decisions.models import Decision
from awards.proposals.models import Proposal
from blocs.conferences.models import Conference
from blocs.reports.models import Report
from blocs.years.models import BlocYear, Registration, RulesAmendment
from thidua.papers.models import Paper, SignedCopy
from thidua.papers.registry import paper_permission

# How a row of each kind is found from the year; in the order in which the year goes.
SUBJECTS: dict[type[Model], str] = {
    BlocYear: "pk",
    Registration: "bloc_year",
    RulesAmendment: "bloc_year",
    Agreement: "bloc_year",
    Report: "bloc_year",
    Conference: "bloc_year",
    Proposal: "bloc_year",
    Decision: "items__proposal__bloc_year",
}


def papers_of_year(bloc_year: BlocYear, user) -> Iterator[Paper | SignedCopy]:
    """Kept papers, then scans, subject by subject; each right is asked as its own page asks it."""
    for model, path in SUBJECTS.items():
        found = model._default_manager.filter(**{path: bloc_year.pk}).distinct()
        subjects = {row.pk: row for row in found}
        kind = ContentType.objects.get_for_model(model)
        for kept in (Paper, SignedCopy):
            rows = kept.objects.filter(subject_type=kind, subject_id__in=subjects)
            for row in rows.order_by("subject_id", "pk"):
                if user.has_perm(paper_permission(row.kind), subjects[row.subject_id]):
                    yield row
