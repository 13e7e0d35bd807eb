"""The ranking proof: written, read, recomputed; one changed digit is noticed."""

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blocs.ranking.domain.proof import FINGERPRINT, fingerprint_of, write_proof
from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import ProofFileError, read_proof
from blocs.scoring.ranking.bloc_ranking import rank_bloc
from blocs.scoring.terms.numbers import RuleError
from blocs.scoring.totals.group_limits import group_limits
from tests.factories.random_blocs import random_bloc, random_divided_bloc

SEEDS = st.integers(0, 10_000)
INDEPENDENT = Path(__file__).parents[3] / "independent_ranking.py"
BLOCS = 1000


def text_of(data):
    return json.dumps(data, ensure_ascii=False)


def sealed(data):
    """The file with a fingerprint that fits what it says now."""
    return data | {FINGERPRINT: fingerprint_of(data)}


def mismatches(data):
    return [one.sentence for one in check_proof(read_proof(text_of(data))).mismatches]


def is_confirmed(text):
    """The verdict on a file; one that cannot be read is not confirmed."""
    try:
        return not check_proof(read_proof(text)).mismatches
    except RuleError:
        return False


@pytest.mark.parametrize("drawn", (random_bloc, random_divided_bloc))
@given(seed=SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_written_proof_is_confirmed(drawn, seed):
    bloc = drawn(seed)
    found = check_proof(read_proof(text_of(write_proof(bloc))))
    assert [one.sentence for one in found.mismatches] == []
    places = {row["unit"]: row["place"] for row in found.rows}
    placed = {one.code: one.judged.placed for one in bloc.units}
    assert places == {code: one.place if one else None for code, one in placed.items()}


@given(SEEDS, SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_changed_digit_is_never_confirmed(seed, where):
    text = text_of(write_proof(random_bloc(seed, units=3, leaves=5)))
    digits = [found.start() for found in re.finditer(r"\d", text)]
    at = digits[where % len(digits)]
    other = str((int(text[at]) + 1 + where % 8) % 10)
    changed = text[:at] + other + text[at + 1 :]
    assert is_confirmed(changed) is False


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_point_changed_under_a_new_fingerprint_names_the_unit(seed):
    data = write_proof(random_bloc(seed))
    lot = random.Random(seed)
    unit = lot.choice(data["units"])
    unit["result"]["total"] = str(float(unit["result"]["total"]) + 1)
    found = mismatches(sealed(data))
    assert [sentence.startswith(f"{unit['name']}: tổng điểm") for sentence in found] == [True]


def test_own_points_that_do_not_follow_name_the_leaf():
    data = write_proof(random_bloc(3))
    unit = data["units"][0]
    path = next(path for path, leaf in unit["leaves"].items() if leaf["by_rule"])
    unit["leaves"][path]["own"] = "4.99"
    assert mismatches(sealed(data))[0].startswith(
        f"{unit['name']}, tiêu chí {path}: điểm tự chấm trong tệp là 4.99, tính lại là "
    )


def test_changed_file_with_the_old_fingerprint_says_so_first():
    data = write_proof(random_bloc(3))
    (first, *_) = mismatches(data | {"year": 2027})
    assert first == (
        f"dấu vân tay trong tệp là {data[FINGERPRINT]}, tính lại là "
        f"{fingerprint_of(data | {'year': 2027})}."
    )


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_places_do_not_depend_on_the_order_of_units(seed):
    bloc = random_bloc(seed)
    contenders = [unit.contender for unit in bloc.units]
    mixed = random.Random(seed).sample(contenders, len(contenders))
    assert rank_bloc(mixed, bloc.rules) == rank_bloc(contenders, bloc.rules)


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_groups_are_the_sums_of_what_stands_below_them_or_lie_at_a_limit(seed):
    bloc = random_bloc(seed)
    limits = group_limits(bloc.tables["1"].nodes)
    for unit in bloc.units:
        total = unit.judged.total
        points = {path: getattr(one, "points", 0) for path, one in total.outcomes.items()}
        known = points | dict(total.groups)
        for group, counted in total.groups.items():
            below = sum(value for path, value in known.items() if path.rpartition("/")[0] == group)
            limit = limits.get(group)
            if limit is None:
                assert counted == below
            elif limit.coefficient == 1:
                assert counted in {below, limit.ceiling, limit.floor}


@pytest.mark.parametrize(
    ("drawn", "blocs", "places"), ((random_bloc, BLOCS, 3755), (random_divided_bloc, 300, 1263))
)
def test_an_independent_script_agrees_on_a_thousand_blocs(tmp_path, drawn, blocs, places):
    expected = []
    for seed in range(blocs):
        bloc, path = drawn(seed), tmp_path / f"{seed}.json"
        path.write_text(text_of(write_proof(bloc)), encoding="utf-8")
        expected += [
            [str(path), unit.code, unit.judged.total.total, unit.judged.placed.place, True]
            for unit in bloc.units
            if unit.judged.placed
        ]
    assert len(expected) == places
    paths = [str(tmp_path / f"{seed}.json") for seed in range(blocs)]
    done = subprocess.run(
        [sys.executable, "-I", INDEPENDENT, *paths], capture_output=True, text=True, check=True
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    found = [[path, unit, type(expected[0][2])(total), *rest] for path, unit, total, *rest in found]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_the_independent_script_is_short_and_independent():
    text = INDEPENDENT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 200
    assert re.findall(r"^(?:from|import) (\w+)", text, re.M) == [
        "hashlib",
        "json",
        "sys",
        "datetime",
        "decimal",
        "itertools",
        "pathlib",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Tệp không phải JSON hoặc bị cắt cụt."),
        ("[" * 100_000, "Văn bản JSON lồng nhau quá 40 tầng."),
        ("[]", "Tệp không phải tệp kiểm chứng xếp hạng."),
        ("{}", "Tệp không phải tệp kiểm chứng xếp hạng theo mẫu ranking-proof/1."),
        ('{"schema": "ranking-proof/1", "schema": ""}', "Trong tệp có khóa ghi hai lần."),
        ('{"year": NaN}', "Trong văn bản JSON có số không dùng được: “NaN”."),
        (
            '{"schema": "ranking-proof/1"}',
            "Tệp thiếu mục “rules” hoặc mục này không đúng dạng.",
        ),
    ],
)
def test_what_cannot_be_read_is_said(text, sentence):
    with pytest.raises(ProofFileError) as error:
        read_proof(text)
    assert str(error.value) == sentence


def test_leaves_that_the_table_does_not_have_are_refused():
    data = write_proof(random_bloc(3))
    data["units"][0]["leaves"].popitem()
    with pytest.raises(ProofFileError, match="các tiêu chí không khớp với bảng chấm điểm"):
        read_proof(text_of(data))
