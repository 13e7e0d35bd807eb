"""One of every form of the product, and what each of its fields takes, in a line."""

import re
from decimal import Decimal
from importlib import import_module

from django import forms
from django.forms.models import ModelChoiceField
from django.utils import timezone

from agreements.forms.agreements import AgreementForm, DeclineForm, SignatureForm, TargetForm
from agreements.forms.next_years import NextYearsForm
from agreements.forms.paper_copies import AgreementCopyForm
from agreements.models import Agreement
from awards.board.forms import ForwardForm, NoteForm, OpinionForm
from awards.decisions.forms import DecisionForm, DropDraftForm, SignDecisionForm
from awards.proposals.forms import (
    AwardKindForm,
    ItemForm,
    ProposalBasisForm,
    ProposalForm,
    TieForm,
    UsualKindsForm,
)
from awards.proposals.models import ProposalItem
from blocs.appraisal.forms.appeals import AnswerForm, AppealForm
from blocs.appraisal.forms.assignments import AppraisalGroupForm, BodyForm, PairForm, RoundEndForm
from blocs.appraisal.forms.corrections import CorrectionsForm
from blocs.appraisal.forms.marks import DecidedForm
from blocs.changes.forms import CancelChangeForm, MemberChangeForm
from blocs.conferences import forms as conferences
from blocs.criteria.forms import criteria, tables
from blocs.criteria.forms.groups import UnitGroupForm
from blocs.criteria.forms.places import PlaceForm
from blocs.criteria.forms.row_fields import RowsField
from blocs.criteria.forms.table_files import TableConfirmForm, TableImportForm
from blocs.criteria.models import ScoringTable
from blocs.holidays.forms import (
    CalendarConfirmForm,
    CalendarProposeForm,
    HolidayForm,
    HolidayRemoveForm,
)
from blocs.legal.forms import LegalDocumentForm
from blocs.ranking.forms import (
    GroundForm,
    LiftForm,
    ProofForm,
    RankingBasisForm,
    RelativeForm,
    StatedForm,
)
from blocs.registrations.forms import RegistrationForm
from blocs.reports.forms import grids, locker, reports, scores
from blocs.reports.forms.evidence import EvidenceForm
from blocs.reports.forms.versions import RectificationForm
from blocs.reports.models import Evidence
from blocs.scoring import KINDS, TableRules
from blocs.sheet_files import forms as sheet_files
from blocs.units.forms import absences, names, people, rosters
from blocs.units.forms import blocs as bloc_forms
from blocs.units.forms.units import (
    DissolveForm,
    ReorganiseForm,
    SuccessionForm,
    UndoEndForm,
    UnitFactsForm,
    UnitForm,
)
from blocs.units.models import Unit
from blocs.year_files import forms as year_files
from blocs.years.forms import regulation, years
from blocs.years.forms.amendments import (
    AmendmentFields,
    AmendRulesForm,
    AmendScoringRulesForm,
)
from blocs.years.forms.rule_bases import RuleBasesForm
from blocs.years.models import BlocYear, Regulation
from tests.factories.blocs import regulate
from tests.factories.groups import group
from tests.factories.people import UserFactory
from tests.factories.reports import DIRECT, member_report, row_of
from tests.house.source import ROOT
from thidua.accounts.forms import CodeForm, PasswordProofForm, SignInForm
from thidua.api.forms import TokenEndForm, TokenForm
from thidua.common.pages.basis import BasisForm
from thidua.common.pages.forms import DecimalCommaField, TidyForm, TidyModelForm
from thidua.papers.forms import SignedCopyForm
from thidua.view_as.forms import ViewAsForm

HUNDRED = Decimal(100)
POINTS = {"decimals": 2, "maximum": HUNDRED}
ROW = {"key": "a", "shown": {}, "stamp": ""}
# Forms that need nothing to be made.
PLAIN = (
    *(
        TargetForm,
        SignatureForm,
        DeclineForm,
        OpinionForm,
        NoteForm,
        AmendmentFields,
        BasisForm,
        RankingBasisForm,
        SignDecisionForm,
        ForwardForm,
    ),
    *(ProposalForm, LiftForm, ProofForm, EvidenceForm, locker.ExpiryForm, SignInForm),
    *(CodeForm, PasswordProofForm, TokenForm, TokenEndForm),
    *(bloc_forms.BlocForm, bloc_forms.MemberForm, bloc_forms.MemberEndForm, bloc_forms.PasteForm),
    *(bloc_forms.NewUnitRowForm, people.SeatForm, people.PersonForm, people.PersonEditForm),
    *(
        people.SeatEndForm,
        people.PasswordForm,
        people.ConfirmForm,
        people.IdentityForm,
        people.RefusalForm,
        people.SeatsReadForm,
        absences.AbsenceForm,
        absences.HandOverForm,
        UnitForm,
        UnitFactsForm,
    ),
    *(DissolveForm, UndoEndForm, DropDraftForm),
    *(rosters.RosterForm, rosters.UnitRosterForm),
    *(bloc_forms.BlocFactsForm, names.UnitRenameForm, names.UnitSpellingForm),
    *(names.BlocRenameForm, names.BlocSpellingForm, names.UndoRenameForm),
    *(names.NewNameForm, names.SpellingForm, ReorganiseForm),
    *(criteria.CriterionForm, criteria.GroupForm, criteria.KeptRuleForm, criteria.RuleTextForm),
    *(tables.AmendForm, tables.CommentForm, TableImportForm),
    *(
        CancelChangeForm,
        AwardKindForm,
        UsualKindsForm,
        NextYearsForm,
        LegalDocumentForm,
        RuleBasesForm,
        HolidayForm,
        HolidayRemoveForm,
        CalendarConfirmForm,
        CalendarProposeForm,
        RegistrationForm,
        years.YearPlanForm,
        years.MemberRowForm,
    ),
    *(
        conferences.EndForm,
        conferences.BallotForm,
        conferences.ConferenceForm,
        conferences.DelegateForm,
        conferences.SittingForm,
        conferences.CallOffForm,
    ),
    *(
        reports.NarrativeForm,
        reports.ExplanationForm,
        reports.ReportCopyForm,
        reports.AmendedSheetForm,
    ),
    *(sheet_files.SheetUploadForm, grids.GridForm, year_files.YearFileForm),
)


def all_forms():
    """Every form by its name; leaves are shown once for each way of scoring."""
    report = member_report()
    row = row_of(report, DIRECT)
    made = {one.__name__: one() for one in PLAIN}
    asking = asking_points(row) | asking_choices(report) | asking_stored(report)
    made |= {one.__name__: one(**needs) for one, needs in asking.items()}
    for one, needs in ((CorrectionsForm, {}), (RectificationForm, {"decimals": 2})):
        made[one.__name__] = one([row], **needs)
    for code, kind in KINDS.items():
        made[f"LeafForm {code}"] = criteria.LeafForm(kind=kind, most=HUNDRED)
    return made


def asking_points(row):
    """Forms about points: how many decimals, and of which leaf."""
    return {
        AppealForm: POINTS,
        AnswerForm: POINTS,
        DecidedForm: {"row": row, "decimals": 2},
        scores.SelfScoreForm: {"row": row, "decimals": 2},
        scores.AppraisalForm: {"row": row, "decimals": 2},
        tables.TableForm: {"rules": TableRules(total_max=HUNDRED)},
    }


def asking_choices(report):
    """Forms that are told what they may offer."""
    lines = list(report.table.criteria.all())
    labels = {one.pk: one.name for one in lines}
    groups = group(report.bloc_year, "Hội").bloc_year.unit_groups.all()
    return {
        PairForm: {"units": []},
        AppraisalGroupForm: {"choices": []},
        BodyForm: {"paths": {"I": "Một"}},
        RoundEndForm: {"work": []},
        DecisionForm: {"choices": ProposalItem.objects.all()},
        ItemForm: {"units": Unit.objects.all()},
        ProposalBasisForm: {"may_redo": True},
        TieForm: {"units": Unit.objects.all(), "seats": 1},
        PlaceForm: {"rows": lines, "labels": labels, "moved": lines[0]},
        tables.TableStartForm: {
            "sources": ScoringTable.objects.all(),
            "groups": groups,
        },
        UnitGroupForm: {"members": Unit.objects.all(), "labels": {report.unit.pk: "Hội"}},
        GroundForm: {"units": Unit.objects.all(), "grounds": [("chay", "Cháy")]},
        bloc_forms.RotationForm: {"units": [(report.unit.pk, report.unit.name)]},
        StatedForm: {"units": [(report.unit.pk, report.unit.name)]},
        RelativeForm: {"is_waiting": True},
        locker.LockerForm: {"units": [report.unit.pk]},
        locker.UseForm: {"files": Evidence.objects.all()},
    }


def asking_stored(report):
    """Forms of something that is stored, or of somebody."""
    regulate(report.bloc_year, deputies=2)
    year, user = BlocYear.objects.get(pk=report.bloc_year_id), UserFactory()
    return {
        AgreementForm: {"instance": Agreement(bloc_year=year)},
        TableConfirmForm: {"user": user},
        ViewAsForm: {"today": timezone.localdate()},
        SuccessionForm: {"unit": report.unit},
        AmendRulesForm: {"instance": Regulation(bloc_year=year)},
        AmendScoringRulesForm: {"instance": Regulation(bloc_year=year)},
        regulation.RulesForm: {"instance": Regulation()},
        regulation.ScoringRulesForm: {"instance": Regulation()},
        years.YearForm: {"instance": year},
        years.YearDatesForm: {"instance": year},
        years.LeadersForm: {"instance": year},
        MemberChangeForm: {"bloc_year": year},
        conferences.BallotLineForm: {"unit": report.unit},
        conferences.AttendanceRowForm: ROW,
        conferences.AgendaRowForm: ROW,
        conferences.NextHeadsForm: {"bloc_year": report.bloc_year},
        conferences.OrderForm: {"groups": [(report.unit,)]},
        conferences.SignForm: {"code": "KTĐ5"},
        conferences.MinutesCopyForm: {"sign": "BB-KTĐ5"},
        AgreementCopyForm: {"sign": "GƯ-KTĐ5", "units": [report.unit]},
        SignedCopyForm: {"sign": "BB-KTĐ5"},
        grids.RowForm: ROW,
        sheet_files.SheetApplyForm: {"user": user, "report": report},
        year_files.YearApplyForm: {"user": user},
        year_files.YearReasonForm: {"asks": "Sở A đang ở khối khác."},
    }


def classes():
    """The name of every form class of the product, as the source defines them."""
    for path in sorted(ROOT.glob("*/**/forms*/**/*.py")) + sorted(ROOT.glob("*/**/forms.py")):
        if path.relative_to(ROOT).parts[0] in ("blocs", "agreements", "awards", "thidua"):
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return {
        one.__name__
        for one in below(forms.BaseForm)
        if one.__module__.split(".")[0] in ("blocs", "agreements", "awards", "thidua")
        and one not in (TidyForm, TidyModelForm)
    }


def below(cls):
    return {one for sub in cls.__subclasses__() for one in (sub, *below(sub))}


def lines_of(name, form):
    """«AppealForm.text: text ≤ 4000, required», keys of rows left out."""
    for key, field in form.fields.items():
        required = ", required" if field.required else ""
        yield f"{name}.{re.sub(r'-[0-9]+$', '', key)}: {taken(field)}{required}"


def taken(field):
    """What the field takes, in a few words."""
    match field:
        case DecimalCommaField():
            return f"number, {field.decimals} decimals"
        case forms.IntegerField():
            return f"whole {field.min_value}…{field.max_value}"
        case RowsField():
            return "rows"
        case ModelChoiceField():
            return f"row of {field.queryset.model.__name__}"
        case forms.ChoiceField():
            return "one of a list"
        case forms.FileField():
            return "file"
        case forms.CharField():
            return f"text ≤ {field.max_length}"
    return type(field).__name__.removesuffix("Field").lower()
