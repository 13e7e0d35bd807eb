"""Totals and places of proof files, written anew from docs/ranking-proof.md; nothing of ours."""

import hashlib
import json
import sys
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path


def groups(nodes, above=""):
    """Path and rule of every group, those below before those above."""
    for node in nodes:
        if node["kind"] == "group":
            yield from groups(node.get("children", ()), f"{above}{node['code']}/")
            times = {"coefficient": Decimal(node["weight"]) / 100} if "weight" in node else {}
            yield f"{above}{node['code']}", node | times


def cut(sums, node, home, decimals):
    """One group: coefficient (or weight), then the most, then the least of it."""
    times, most = Decimal(node.get("coefficient", 1)), Decimal(node["max_points"] or 0)
    for part in sums if times != 1 else ():
        step = Decimal(1).scaleb(-decimals)
        sums[part] = (sums[part] * times).quantize(step, ROUND_HALF_UP)
    highs = [Decimal(node["ceiling"])] if "ceiling" in node else []
    lows = [Decimal(node["floor"])] if "floor" in node else []
    highs, lows = (
        highs + [most] * (home == "bonus" and most > 0),
        lows + [-most] * (home == "deduction" and most > 0),
    )
    over = sum(sums.values()) - min(highs, default=Decimal("Infinity"))
    lack = max(lows, default=Decimal("-Infinity")) - sum(sums.values())
    for change, first, sign in ((over, "bonus", 1), (lack, "deduction", -1)):
        if change > 0:
            share = min(change, max(sums[first] * sign, 0))
            sums[first] -= share * sign
            sums[home] -= (change - share) * sign


def compared(unit, figure, rules, scale):
    """The figure that is ranked: by months its part, a month of 15 days or more being one."""
    begins = date.fromisoformat(rules["year_begins_on"])
    numbers = range(begins.month - 1, begins.month + 12)
    ends = [date(begins.year + number // 12, number % 12 + 1, 1) for number in numbers]
    came = date.fromisoformat(unit["joined_on"] or begins.isoformat())
    went = date.fromisoformat(unit["left_on"] or ends[12].isoformat())
    days = [came + timedelta(n) for n in range((went - came).days)]
    days = [d for d in days if not any(a <= d.isoformat() < b for a, b in unit.get("away", ()))]
    months = sum(sum(first <= d < after for d in days) >= 15 for first, after in pairwise(ends))
    if rules["part_year"] != "by_months" or months == 12:
        return figure
    return (figure * months / 12).quantize(Decimal(1).scaleb(-scale["decimals"]), ROUND_HALF_UP)


def summed(unit, table, labels):
    scale, mode = table["scale"], table["scale"]["not_applicable_mode"]
    known = dict(groups(table["sections"]))
    sums, whole, left = added(unit, table, known)
    found = sums[""]
    if mode == "rescale" and left and whole != left:
        step = Decimal(1).scaleb(-scale["decimals"])
        found["work"] = (found["work"] * whole / (whole - left)).quantize(step, ROUND_HALF_UP)
    found["deduction"] += sum(Decimal(one["points"]) for one in unit["result"]["adjustments"])
    floor = Decimal((table["deduction"] or {}).get("floor") or "-Infinity")
    bonus = min(found["bonus"], Decimal(scale["bonus_cap"] or "Infinity"))
    minus, mine = max(found["deduction"], floor), whole - left
    most = "Infinity" if scale["may_exceed_total"] else scale["total_max"] or "Infinity"
    total = min(found["work"] + bonus + minus, Decimal(most))
    total = max(total, Decimal(scale["total_floor"] or "-Infinity"))
    share = total * 100 / mine if mode == "exclude" and mine else total
    told = {"total": total, "share": share, "max": mine, "by_share": mode == "exclude"}
    told |= {"work_points": found["work"], "bonus_points": bonus, "fewest_deductions": minus}
    told |= {f"points:{path}": sum(sums[path].values()) for path in known}
    told |= {"of": mine if mode == "exclude" else whole, "most": most_of(unit, known)}
    told["names"] = {path: node["name_vi"] for path, node in known.items()}
    label = unit["result"]["class"]
    return unit | told | {"ballot_votes": unit["votes"], "class": -[*labels, label].index(label)}


def added(unit, table, known):
    """The points of each group by their part, those of the sheet at ""; all work, and work off."""
    scale, parts, sums = table["scale"], ("work", "bonus", "deduction"), {}
    mode, whole, left = scale["not_applicable_mode"], Decimal(0), Decimal(0)
    for path, row in unit["leaves"].items():
        is_work, top = row["part"] == "work", Decimal(row["max"] or 0)
        is_off = is_work and row["not_applicable"] and row["given"] is None
        above, counted = [one for one in known if path.startswith(f"{one}/")], top
        for one in above:
            counted *= Decimal(known[one].get("coefficient", 1))
        whole, left = whole + counted * is_work, left + counted * (is_off and mode != "full")
        given = top if is_off and mode == "full" else Decimal(row["given"] or 0)
        beyond = Decimal(row["bonus"] or 0)
        own = sums.setdefault(max(above, key=len, default=""), dict.fromkeys(parts, Decimal(0)))
        own[row["part"]] += given - beyond
        own["bonus"] += beyond
    for path, node in known.items():
        own = sums.setdefault(path, dict.fromkeys(parts, Decimal(0)))
        below = {r["part"] for p, r in unit["leaves"].items() if p.startswith(f"{path}/")}
        cut(own, node, below.pop() if len(below) == 1 else "work", scale["decimals"])
        over = sums.setdefault(path.rpartition("/")[0], dict.fromkeys(parts, Decimal(0)))
        for part in parts:
            over[part] += own[part]
    return sums, whole, left


def most_of(unit, known):
    """The assigned maximum of every group, coefficients inside it counted."""
    found = dict.fromkeys(known, Decimal(0))
    for path, row in unit["leaves"].items():
        is_off = row["not_applicable"] and row["given"] is None and unit["mode"] != "full"
        most = Decimal(row["max"] or 0) * (row["part"] == "work" and not is_off)
        while path := path.rpartition("/")[0]:
            most *= Decimal(known[path].get("coefficient", 1))
            found[path] += most
    return found


def unjudged(unit, rules):
    """Work without given points: only what was left empty may be so, and only where a rule says."""
    for path, row in unit["leaves"].items():
        if row["part"] == "work" and row["given"] is None and not row["not_applicable"]:
            is_empty = not any(row[key] for key in ("value", "choice", "facts", "own"))
            if not (is_empty and rules.get("empty_is_zero")):
                yield f"{unit['unit']} {path}"


def out_of_hundred(points, most):
    return (points * 100 / most).quantize(Decimal("0.0001"), ROUND_HALF_UP) if most else Decimal(0)


def shared(units, rules, count):
    """Groups of units: all figures in percent; a section that not all tables have is left out."""
    ties = rules["tie_rules"]
    sections = [tie.partition(":")[2] for tie in ties if ":" in tie] if count > 1 else []
    names = {path: {one["names"].get(path) for one in units} for path in sections}
    for one in units if rules.get("by_percent") else ():
        one["share"], one["by_share"] = one["total"] * 100 / one["of"] if one["of"] else 0, True
        for tie in ("work_points", "bonus_points", "fewest_deductions"):
            one[tie] = out_of_hundred(one[tie], one["of"])
    for one in units:
        for path in (path for path in sections if path in one["most"]):
            figure, most = one[f"points:{path}"], one["most"][path]
            if most:
                one[f"points:{path}"] = out_of_hundred(figure, most)
            elif rules.get("by_percent"):
                one[f"points:{path}"] = out_of_hundred(figure, one["of"])
    left_out = [f"points:{path}" for path in sections if len(names[path] - {None}) != 1]
    left_out += [f"points:{path}" for path in sections if None in names[path]]
    return [tie for tie in ties if tie not in left_out]


def by_people(rows):
    """Equals that no rule parts: one decision of the conference on all of them places them."""
    said = [row.get("decided") for row in rows]
    if None in said or len({one["group"] for one in said}) > 1:
        return [rows]
    places = sorted({one["place"] for one in said})
    return [[r for r in rows if r["decided"]["place"] == place] for place in places]


def tiers(rows, ties):
    if len(rows) < 2 or ties[:1] in (["shared_rank"], ["dense_rank"]):
        return [rows]
    if not ties or any(row.get(ties[0]) is None for row in rows):
        return by_people(rows)
    keys = sorted({row[ties[0]] for row in rows}, reverse=True)
    return [one for key in keys for one in tiers([r for r in rows if r[ties[0]] == key], ties[1:])]


for name in sys.argv[1:]:
    data, place = json.loads(Path(name).read_text("utf-8")), 1
    stated = data.pop("fingerprint")
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    is_whole = hashlib.sha256(text.encode()).hexdigest() == stated
    if open_ones := [one for unit in data["units"] for one in unjudged(unit, data["rules"])]:
        sys.exit(f"not judged: {', '.join(open_ones)}")
    names = [band["label"] for band in data["rules"]["class_bands"]]
    modes = {key: one["scale"]["not_applicable_mode"] for key, one in data["tables"].items()}
    asked = [one | {"mode": modes[one["table"]]} for one in data["units"]]
    units = [summed(one, data["tables"][one["table"]], names) for one in asked]
    ranked, rules = [one for one in units if not one["result"]["out"]], data["rules"]
    shown = {json.dumps(data["tables"][one["table"]]["sections"]) for one in ranked}
    first = shared(ranked, rules, len(shown))
    by_share = any(one["by_share"] for one in ranked) and len({one["max"] for one in ranked}) > 1
    by_share = by_share or rules.get("by_percent", False)
    for one in ranked:
        figure, scale = one["share" if by_share else "total"], data["tables"][one["table"]]["scale"]
        one["compared"] = compared(one, figure, data["rules"], scale)
    order = ["class"] * ("class_first" in first) + ["compared"]
    for tier in tiers(ranked, order + [tie for tie in first if tie != "class_first"]):
        rows = [[name, one["unit"], str(one["total"]), place, is_whole] for one in tier]
        sys.stdout.writelines(json.dumps(row) + "\n" for row in rows)
        place += 1 if "dense_rank" in first else len(tier)
