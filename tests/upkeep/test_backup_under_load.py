"""A backup made while people work holds one moment: no row without its file, no half of an act."""

import datetime as dt
import threading
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from blocs.reports.actions.locker import delete_evidence, keep_file
from blocs.reports.models import Evidence
from tests.factories.files import pdf
from tests.factories.people import UnitFactory, editor_of
from tests.prove import budget
from tests.upkeep.places import ALIAS, empty_place, reached
from thidua.common.models import ActivityEntry
from thidua.upkeep.backups.manifest import read_manifest
from thidua.upkeep.backups.reading import restore_backup

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = budget(2, 8)
BACKUPS = budget(1, 25)
PAUSE = 0.01


class Workers:
    """People who put files into lockers and take the last one out again, until they are told."""

    def __init__(self, people):
        self.done, self.faults, self.acts = threading.Event(), [], Counter()
        self.threads = [threading.Thread(target=self.work, args=person) for person in people]

    def work(self, unit, actor):
        number, last = 0, None
        try:
            while not self.done.is_set():
                number += 1
                upload = SimpleUploadedFile(f"{number}.pdf", pdf(f"{unit.pk} {number}"))
                kept = keep_file(unit, upload=upload, expires_on=None, actor=actor)
                if last and number % 2:
                    delete_evidence(last, actor=actor)
                last = kept
                self.acts[unit.pk] += 1
                # Even a machine gives others a turn: SQLite lets who waits starve.
                self.done.wait(PAUSE)
        except Exception as error:  # noqa: BLE001 – told to the test, which fails
            self.faults.append(repr(error))
        finally:
            connections.close_all()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.done.set()
        for thread in self.threads:
            thread.join()


def lines(action):
    return ActivityEntry.objects.using(ALIAS).filter(action=f"reports.{action}").count()


def broken_rows(storage):
    """Rows of the restored database whose file is not there."""
    names = Evidence.objects.using(ALIAS).values_list("file", flat=True)
    return [name for name in names if not storage.exists(name)]


def test_a_backup_under_load_comes_back_as_one_moment(kept, back_up, tmp_path):
    units = [UnitFactory() for _ in range(WRITERS)]
    people = [(unit, editor_of(unit)) for unit in units]
    first = kept("before")
    with Workers(people) as workers:
        folders = [back_up(minutes=number) for number in range(BACKUPS)]
    assert workers.faults == []
    assert set(workers.acts) == {unit.pk for unit in units}
    counts = []
    for number, folder in enumerate(folders):
        with empty_place(tmp_path / f"place-{number}") as (engine, storage):
            manifest = restore_backup(folder, engine=engine, storage=storage)
            reached()
            rows = Evidence.objects.using(ALIAS).count()
            assert (manifest.damaged, broken_rows(storage)) == ({}, [])
            # A row, its file and its line in the log book are one act.
            assert rows == lines("keep_evidence") - lines("delete_evidence")
            assert set(manifest.files) == set(
                Evidence.objects.using(ALIAS).values_list("file", flat=True)
            )
            assert Evidence.objects.using(ALIAS).filter(pk=first.pk).exists()
            counts.append(rows)
    assert len(counts) == BACKUPS
    made = [dt.datetime.fromisoformat(read_manifest(folder).made_at) for folder in folders]
    assert made == sorted(made)
