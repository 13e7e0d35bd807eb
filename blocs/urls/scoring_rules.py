from django.urls import path

from blocs.criteria.views import rule_changes
from blocs.ranking.views import what_if
from blocs.years.views import regulation

RULES = "nam-thi-dua/<int:year_pk>/quy-dinh-cham-diem/"
CHANGES = "nam-thi-dua/<int:year_pk>/so-sanh-quy-dinh"
urlpatterns = [
    path(RULES, regulation.ScoringRulesDetail.as_view(), name="scoring_rules"),
    path(f"{RULES}sua/", regulation.ScoringRulesEdit.as_view(), name="scoring_rules_edit"),
    path(f"{CHANGES}/", rule_changes.RuleChanges.as_view(), name="rule_changes"),
    path(f"{CHANGES}.pdf", rule_changes.RuleChangesPaper.as_view(), name="rule_changes_paper"),
    path("bang-diem/<int:pk>/tinh-thu/", what_if.WhatIf.as_view(), name="what_if"),
]
