"""Stopped before any of its steps, a backup leaves the old ones and a restore leaves nothing."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.house.source import ROOT
from tests.prove import budget
from thidua.upkeep.backups.writing import whole_backups

pytestmark = pytest.mark.django_db(transaction=True)
# Each step costs a process; on PostgreSQL a backup, too, starts two programs and a session.
STRIDE = {"sqlite": budget(9, 1), "postgresql": budget(13, 1)}
# Fewer were no proof: a restore on PostgreSQL has two dozen steps, a backup more.
LEAST_STOPPED = budget(2, 20)


def killed(work, where, settings):
    """What `tests.upkeep.killed` found after each step."""
    given = {
        "DJANGO_SETTINGS_MODULE": "tests.upkeep.killed_settings",
        "KILLED": json.dumps(
            {
                "MEDIA_ROOT": str(settings.MEDIA_ROOT),
                "DATABASE": {
                    key: connection.settings_dict[key]
                    for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
                },
            }
        ),
    }
    command = [sys.executable, "-m", "tests.upkeep.killed", work, where]
    done = subprocess.run(
        [*command, str(STRIDE[connection.vendor])],
        cwd=ROOT,
        env=os.environ | given,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_backup_killed_at_any_step_leaves_the_backups_before_it(kept, back_up, settings):
    kept("1")
    folder = back_up().parent
    kept("2")
    runs = killed("backup", folder, settings)
    *stopped, last = runs
    assert len(stopped) >= LEAST_STOPPED
    # Each found backup was read to its end; one more is there when the work has come to its own.
    counts = [run["found"] for run in runs]
    assert counts == sorted(counts)
    assert (counts[0], last["found"]) == (1, counts[-2] + 1)
    # The last one has swept up what the stopped ones left.
    whole = whole_backups(folder)
    assert sorted(path.name for path in folder.glob("thidua-*")) == [path.name for path in whole]
    assert len(whole) == last["found"]


def test_a_restore_killed_at_any_step_leaves_an_empty_database_or_the_whole(
    kept, back_up, settings
):
    kept("1")
    kept("2")
    *stopped, last = killed("restore", back_up(), settings)
    assert len(stopped) >= LEAST_STOPPED
    assert {run["found"] for run in stopped} <= {"empty", "whole"}
    assert stopped[0]["found"] == "empty"
    assert last["found"] == "whole"
