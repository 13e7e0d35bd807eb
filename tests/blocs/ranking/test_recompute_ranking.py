"""The command that recomputes a proof: no database, three exit codes, JSON on stdout."""

import json

import pytest

from blocs.ranking.domain.proof import FINGERPRINT, fingerprint_of, write_proof
from tests.factories.random_blocs import random_bloc
from tests.recomputing import recompute


@pytest.fixture
def proof(tmp_path):
    def write(data):
        path = tmp_path / "kiem-chung.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def test_a_true_file_prints_totals_and_places(proof):
    bloc = random_bloc(7)
    done = recompute(proof(write_proof(bloc)))
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["bloc"], answer["year"], answer["mismatches"]) == ("Khối thi đua số 7", 2026, [])
    expected = {
        unit.code: (str(unit.judged.total.total), getattr(unit.judged.placed, "place", None))
        for unit in bloc.units
    }
    found = {row["unit"]: (row["total"], row["place"]) for row in answer["units"]}
    assert {code: place for code, (_, place) in found.items()} == {
        code: place for code, (_, place) in expected.items()
    }
    assert {code: float(total) for code, (total, _) in found.items()} == {
        code: float(total) for code, (total, _) in expected.items()
    }


def test_a_changed_file_names_the_unit_and_ends_with_one(proof):
    data = write_proof(random_bloc(7))
    unit = data["units"][0]
    unit["result"]["total"] = "999"
    done = recompute(proof(data | {FINGERPRINT: fingerprint_of(data)}))
    assert done.returncode == 1
    total = next(
        row["total"] for row in json.loads(done.stdout)["units"] if row["unit"] == unit["unit"]
    )
    assert done.stderr.strip() == (
        f"CommandError: {unit['name']}: tổng điểm trong tệp là 999, tính lại là {total}."
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "Tệp không phải JSON hoặc bị cắt cụt."),
        (b"\xff\xfe", "Tệp không phải văn bản UTF-8."),
        (b"{}", "Tệp không phải tệp kiểm chứng xếp hạng theo mẫu ranking-proof/1."),
    ],
)
def test_what_cannot_be_read_ends_with_two(tmp_path, content, sentence):
    path = tmp_path / "tep.json"
    path.write_bytes(content)
    done = recompute(path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == f"CommandError: {sentence}"


def test_a_missing_file_ends_with_two(tmp_path):
    done = recompute(tmp_path / "khong-co.json")
    assert done.returncode == 2
    assert done.stderr.strip() == f"CommandError: Không mở được tệp {tmp_path / 'khong-co.json'}."
