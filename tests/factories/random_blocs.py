"""Blocs whose tables, answers, points and regulations are drawn by lot, as values."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from random import Random

from blocs.ranking.domain.proof import ProofBloc, ProofUnit, own_outcomes
from blocs.scoring import (
    ClassBand,
    Counted,
    Disqualifier,
    Effect,
    Entry,
    LateRule,
    Node,
    Part,
    Points,
    TableRules,
)
from blocs.scoring.ranking.bloc_ranking import rank_bloc
from blocs.scoring.ranking.contenders import BlocRules, Contender
from blocs.scoring.ranking.line_figures import counts_of
from blocs.scoring.ranking.part_year import WHOLE, Absence, PartYear, TakenPart
from blocs.scoring.ranking.ranking import Decided, TieRule
from blocs.scoring.ranking.workdays import WorkCalendar
from blocs.scoring.totals.given import given_table
from blocs.scoring.totals.tables import Table

D = Decimal
DUE = dt.date(2026, 12, 10)
KINDS = (
    ("direct", {}),
    ("quantitative", {"formula": "proportional"}),
    ("quantitative", {"formula": "share_of_best"}),
    ("per_occurrence", {"per_unit": "0.5"}),
    ("pass_fail", {}),
    (
        "clauses",
        {
            "facts": [{"key": "extra", "label": "Việc thêm", "type": "count"}],
            "parts": [{"bonus": True, "items": [{"per": "extra", "points": "0.5"}]}],
        },
    ),
)
GROUNDS = (
    Disqualifier("out", "Có vụ việc tham nhũng", Effect.NOT_CONSIDERED),
    Disqualifier("held", "Đang thanh tra", Effect.SUSPENDED),
    Disqualifier("cap", "Chưa đạt thu ngân sách", Effect.NO_FLAG, award_cap="Bằng khen"),
    Disqualifier("minus", "Để xảy ra cháy", Effect.MINUS_POINTS, D("1.5")),
)
MODES = ("exclude", "exclude", "full", "rescale")


def random_bloc(seed: int, units: int | None = None, leaves: int | None = None) -> ProofBloc:
    """A bloc of 2–8 units; the same seed gives the same bloc."""
    lot = Random(seed)
    table = random_table(lot, leaves or lot.randint(4, 12))
    prepared = given_table(table.nodes, table.rules)
    count = units or lot.randint(2, 8)
    drawn = [random_unit(lot, place, table, prepared) for place in range(count)]
    answered = [
        answer(lot, unit, made)
        for unit, made in zip(drawn, own_outcomes(drawn, {"1": table}), strict=True)
    ]
    rules = random_rules(lot)
    answered = decided(Random(str(rules)), answered, rules)
    result = rank_bloc([unit.contender for unit in answered], rules)
    judged = {one.unit: one for one in (*result.ranked, *result.out)}
    return ProofBloc(
        bloc=f"Khối thi đua số {seed}",
        year=2026,
        made_at="2026-12-20T08:00:00+07:00",
        is_agreed=True,
        tables={"1": table},
        rules=rules,
        units=tuple(replace(one, judged=judged[one.contender.unit]) for one in answered),
    )


def random_divided_bloc(seed: int) -> ProofBloc:
    """A bloc in two groups: the second table has other leaves, and some sections of the first."""
    lot = Random(seed)
    tables = {"A": random_table(lot, lot.randint(4, 8)), "B": random_table(lot, lot.randint(4, 8))}
    if lot.random() < 0.5:
        second = tables["B"]
        renamed = replace(second.nodes[0], name="Sản xuất, kinh doanh")
        tables["B"] = replace(second, nodes=(renamed, *second.nodes[1:]))
    prepared = {key: given_table(table.nodes, table.rules) for key, table in tables.items()}
    drawn = []
    for place in range(lot.randint(3, 8)):
        key = lot.choice("AB")
        drawn.append(replace(random_unit(lot, place, tables[key], prepared[key]), table=key))
    made = own_outcomes(drawn, tables)
    units = [answer(lot, unit, one) for unit, one in zip(drawn, made, strict=True)]
    differ = len({table.rules.total_max for table in tables.values()}) > 1
    rules = replace(random_rules(lot), by_percent=differ)
    units = decided(Random(str(rules)), units, rules)
    result = rank_bloc([unit.contender for unit in units], rules)
    judged = {one.unit: one for one in (*result.ranked, *result.out)}
    return ProofBloc(
        bloc=f"Khối có nhóm số {seed}",
        year=2026,
        made_at="2026-12-20T08:00:00+07:00",
        is_agreed=True,
        tables=tables,
        rules=rules,
        units=tuple(replace(one, judged=judged[one.contender.unit]) for one in units),
    )


def random_table(lot, count):
    """Work leaves of all kinds in groups, a bonus, a deduction, limits now and then."""
    picked = [lot.choice(KINDS) for _ in range(count)]
    made = [
        Node(str(place), f"Tiêu chí {place}", kind, D(lot.choice((5, 10, 20))), rule)
        for place, (kind, rule) in enumerate(picked)
    ]
    half = len(made) // 2
    limits = Random(str(picked))
    group = Node("a", "Nhóm", rule=random_limits(limits), children=tuple(made[1:half]))
    nodes = (
        Node("I", "Nhiệm vụ", rule=random_limits(limits), children=(made[0], group)),
        Node("II", "Phong trào", children=tuple(made[half:])),
        random_extra(limits, "III", Node("1", "Sáng kiến", "bonus", D(5), {"per_unit": "1"})),
        random_extra(limits, "IV", Node("1", "Vi phạm", "deduction", None, {"per_unit": "0.5"})),
    )
    rules = TableRules(
        total_max=sum((node.max_points for node in made), D(0)),
        bonus_cap=lot.choice((None, D(3))),
        deduction_floor=lot.choice((None, D(-2))),
        total_floor=lot.choice((None, D(10))),
        may_exceed_total=lot.random() < 0.7,
        decimals=2,
        not_applicable=lot.choice(MODES),
    )
    return Table(nodes, rules, "Bảng chấm điểm", GROUNDS)


def random_limits(lot):
    """What a group of work may state of its sum."""
    found = {
        key: value
        for key, value in (("coefficient", "1.5"), ("ceiling", "12"), ("floor", "-0.5"))
        if lot.random() < 0.3
    }
    if "floor" in found and found.pop("coefficient", ""):
        found["weight"] = "150"
    return found


def random_extra(lot, code, leaf):
    """A group of bonus or deduction, with a maximum now and then."""
    most, rule = lot.choice((None, D(2))), lot.choice(({}, {"coefficient": "2"}))
    return Node(code, leaf.name, max_points=most, rule=rule, children=(leaf,))


def random_rules(lot):
    ties = lot.sample(list(TieRule), lot.randint(0, len(TieRule)))
    bands = lot.choice(
        (
            (),
            (
                ClassBand("Xuất sắc", (("percent", ">=", "70"), ("deduction", "<=", "1"))),
                ClassBand("Tốt", (("total", ">=", "20"),)),
                ClassBand("Khá", (("total", ">=", "5"),)),
            ),
            (
                ClassBand(
                    "Xuất sắc",
                    (("least_group", ">=", "40"), ("count:IV", "=", "0"), ("total", ">", "10")),
                ),
                ClassBand("Tốt", (("share:I", ">=", "30"), ("points:IV", "<=", "1"))),
                ClassBand("Khá", (("least_leaf", ">", "0"),)),
                ClassBand("Còn lại"),
            ),
        )
    )
    late = LateRule(
        DUE,
        counts=lot.choice(list(Counted)),
        grace_days=lot.randint(0, 2),
        is_counted_after_grace=lot.random() < 0.5,
        in_working_days=lot.random() < 0.5,
        fixed=lot.choice((None, D("0.5"))),
        per_day=lot.choice((None, D("0.25"))),
        cap=lot.choice((None, D(1))),
        last_on=lot.choice((None, DUE + dt.timedelta(days=8))),
    )
    calendar = WorkCalendar(frozenset({DUE + dt.timedelta(days=1)}), frozenset())
    stated = [str(rule) for rule in ties]
    alone = Random(str(stated))
    for section in alone.sample(("points:I", "points:I/a", "points:III"), alone.randint(0, 2)):
        stated.insert(alone.randint(0, len(stated)), section)
    said = (tuple(stated), bands, lot.choice((None, late)), calendar)
    # A lot of its own, so that the blocs of all other tests stay as they are.
    return BlocRules(*said, Random(str(said)).choice(list(PartYear)), dt.date(2026, 1, 1))


def decided(lot, units, rules):
    """What conferences said of units: of most that the rules leave equal, and of some others.

    Of equals one decision may speak of all, or two of a part each, which places nobody.
    """
    found = {}
    ranked = rank_bloc([unit.contender for unit in units], rules).ranked
    for one in ranked:
        group = f"1.{one.placed.place}" if lot.random() < 0.9 else "2.1"
        if one.placed.is_open and lot.random() < 0.9:
            found[one.unit] = Decided(group, lot.randint(1, 3), "Biểu quyết.")
        elif lot.random() < 0.1:
            found[one.unit] = Decided("3.1", 1, "Biểu quyết.")
    return [
        replace(one, contender=replace(one.contender, decided=found.get(one.contender.unit)))
        for one in units
    ]


def random_part(lot):
    """The days of a unit: mostly the whole year, else it came or left, or both."""
    came = dt.date(2026, 1, 1) + dt.timedelta(days=lot.randint(0, 200))
    went = came + dt.timedelta(days=lot.randint(0, 160))
    left, back = came + dt.timedelta(days=20), went + dt.timedelta(days=31)
    away = (Absence(left, back),) if left < back else ()
    parts = (
        TakenPart(came),
        TakenPart(None, went),
        TakenPart(came, went),
        TakenPart(away=away),
        TakenPart(came, back + dt.timedelta(days=lot.randint(0, 60)), away),
    )
    return lot.choice(parts) if lot.random() < 0.3 else WHOLE


def random_unit(lot, place, table, prepared):
    """A unit with its answers; own and given points follow in `answer`."""
    entries = {
        path: Entry(not_applicable=True)
        if line.part is Part.WORK and lot.random() < 0.1
        else random_entry(lot, line.leaf)
        for path, line in prepared.plan.lines.items()
    }
    days = lot.choices(range(-3, 12), k=lot.randint(1, 2))
    contender = Contender(
        unit=place,
        table=prepared,
        given={},
        not_applicable=frozenset(path for path, one in entries.items() if one.not_applicable),
        grounds=tuple(one for one in table.disqualifiers if lot.random() < 0.08),
        submitted_on=tuple(sorted({DUE + dt.timedelta(days=day) for day in days})),
        votes=lot.choice((None, lot.randint(0, 3))),
        order=place,
        taken=random_part(Random(str(entries))),
    )
    name = f"Sở thứ {place + 1}"
    return ProofUnit(f"DV{place + 1}", name, "1", contender, entries, {}, {}, D(0), None)


def random_entry(lot, leaf):
    kinds = {
        "quantitative": lambda: Entry(D(lot.randint(1, 12)), D(10)),
        "pass_fail": lambda: Entry(D(lot.randint(0, 1))),
        "clauses": lambda: Entry(facts={"extra": str(lot.randint(0, 3))}),
        "direct": lambda: Entry(min(leaf.max_points or D(5), D(lot.randint(0, 20)) / 4)),
    }
    return kinds.get(leaf.kind, lambda: Entry(D(lot.randint(0, 6))))()


def answer(lot, unit, made):
    """Own points from the rules; the appraisers differ now and then, with a reason."""
    own = {path: one.points for path, one in made.items() if isinstance(one, Points)}
    own = {path: points for path, points in own.items() if not unit.entries[path].not_applicable}
    changed = {path: points / 2 for path, points in own.items() if lot.random() < 0.2}
    given = own | {path: points.quantize(D("0.01")) for path, points in changed.items()}
    shares = {path: one.bonus for path, one in made.items() if isinstance(one, Points)}
    bonus = {path: shares[path] for path, points in given.items() if points == own[path]}
    own_bonus = {path: shares[path] for path in own}
    total = unit.contender.table.total(own, unit.contender.not_applicable, own_bonus).total
    values = {path: one.value for path, one in unit.entries.items() if one.value is not None}
    counts = counts_of(unit.contender.table.plan, values, own, given)
    return replace(
        unit,
        contender=replace(unit.contender, given=given, bonus=bonus, counts=counts),
        own=own,
        reasons=dict.fromkeys(changed, "Thiếu minh chứng."),
        own_total=total,
    )
