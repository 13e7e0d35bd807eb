"""A job is done once, by whoever works, and seen by who asked for it alone."""

import datetime as dt
import logging
import stat
from unittest.mock import Mock, patch

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from blocs.units.models import Bloc
from tests.factories.people import UserFactory
from tests.jobs.toys import ask, happening, opened, toy_kinds, work_off
from thidua.common.models import ActivityEntry
from thidua.jobs import work
from thidua.jobs.actions import retry_job, stop_job
from thidua.jobs.domain import MOST_OPEN, MOVES, is_long, percent
from thidua.jobs.enums import JobStatus
from thidua.jobs.files import folder_of, result_path
from thidua.jobs.models import Job
from thidua.jobs.sweeping import DIED, LEASE, clean, sweep
from thidua.jobs.work import BEAT, BROKEN, ENDING, NOT_ALLOWED, run_job

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 12, 1, 2, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def kinds(settings, tmp_path):
    settings.JOBS_DIR = tmp_path / "jobs"
    with toy_kinds():
        yield


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def page(job, name="job_detail"):
    return reverse(f"jobs:{name}", args=(job.pk,))


def killed(job, clock, moment=1):
    """The worker dies in the middle: what it had begun stays as it was, and time goes on."""

    class Killed(BaseException):
        pass

    def die(desk):
        raise Killed

    happening[moment] = die
    job.refresh_from_db()
    task = DBTaskResult.objects.get(pk=job.task_id)
    task.claim("chết")
    with pytest.raises(Killed):
        run_job(job.pk, str(job.task_id))
    happening.clear()
    clock.shift(LEASE + dt.timedelta(seconds=1))


def test_fifteen_sheets_of_sixty_leaves_come_at_once_and_thirty_as_a_job():
    assert [is_long(sheets * 60) for sheets in (15, 30)] == [False, True]


def test_a_job_is_done_and_its_file_fetched_by_who_asked(client, person):
    job = ask(person)
    assert (job.status, ActivityEntry.objects.about(job).count()) == (JobStatus.WAITING, 1)
    work_off()
    job.refresh_from_db()
    assert (job.status, job.done, job.total, job.size) == (JobStatus.DONE, 3, 3, 6)
    client.force_login(person)
    answer = client.get(page(job, "job_file"))
    assert b"".join(answer.streaming_content) == b"1\n2\n3\n"
    folders = (folder_of(job.pk), folder_of(job.pk).parent)
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ("job_detail", "job_file"))
def test_nobody_sees_a_job_of_another(client, person, name):
    job = ask(person)
    work_off()
    client.force_login(person)
    answer = client.get(page(job, name))
    assert (answer.status_code, bool(b"".join(answer))) == (200, True)
    client.force_login(UserFactory())
    assert client.get(page(job, name)).status_code == 404
    assert job.title not in client.get(reverse("jobs:job_list")).content.decode()


@pytest.mark.parametrize(("name", "act"), (("job_stop", stop_job), ("job_retry", retry_job)))
def test_nobody_stops_or_repeats_a_job_of_another(client, person, name, act):
    job, other = ask(person), UserFactory()
    client.force_login(other)
    assert client.post(page(job, name)).status_code == 404
    with pytest.raises(PermissionDenied):
        act(job, actor=other)


def test_a_result_is_refused_to_who_has_lost_the_right(client, person):
    job = ask(person)
    work_off()
    opened["may"] = False
    client.force_login(person)
    assert client.get(page(job, "job_file")).status_code == 403


def test_asked_twice_it_is_one_job_and_after_its_end_another(person):
    first = ask(person, year=1)
    assert ask(person, year=1) == first
    assert ask(person, year=2) != first
    assert ask(UserFactory(), year=1) != first
    one, other = (ask(person, "bloc", content=text, code="K1") for text in (b"1", b"2"))
    assert one != other
    work_off()
    assert ask(person, year=1) != first


def test_a_person_has_few_open_jobs(person):
    for number in range(MOST_OPEN):
        ask(person, number=number)
    with pytest.raises(ValidationError, match="05 việc chưa xong"):
        ask(person, number=MOST_OPEN)
    assert ask(UserFactory(), number=MOST_OPEN).pk


def test_two_questions_of_a_person_at_once_are_counted_one_after_the_other(person):
    """PostgreSQL alone can lock a row; SQLite lets one writer in at a time."""
    with CaptureQueriesContext(connection) as queries:
        ask(person)
    counted = [one["sql"] for one in queries if "COUNT" in one["sql"]]
    held = [one["sql"] for one in queries if "FOR NO KEY UPDATE" in one["sql"]]
    assert len(counted) == 1
    assert bool(held) == (connection.vendor == "postgresql")


def test_what_is_begun_anew_counts_as_open(person):
    stopped = stop_job(ask(person, number=0), actor=person)
    for number in range(1, MOST_OPEN + 1):
        last = ask(person, number=number)
    with pytest.raises(ValidationError, match="05 việc chưa xong"):
        retry_job(stopped, actor=person)
    stop_job(last, actor=person)
    assert retry_job(stopped, actor=person).status == JobStatus.WAITING


@pytest.mark.parametrize(
    ("kind", "fault"),
    (("refused", "Năm này đã có."), ("forbidden", NOT_ALLOWED), ("broken", BROKEN)),
)
def test_a_fault_ends_in_a_sentence(client, person, caplog, kind, fault):
    caplog.set_level(logging.CRITICAL, "thidua.jobs")
    job = ask(person, kind)
    work_off()
    job.refresh_from_db()
    assert (job.status, job.fault) == (JobStatus.FAILED, fault)
    client.force_login(person)
    assert fault in client.get(page(job)).content.decode()


def test_a_waiting_job_is_stopped_at_once_and_repeated(client, person):
    job = ask(person)
    client.force_login(person)
    client.post(page(job, "job_stop"))
    work_off()
    job.refresh_from_db()
    assert (job.status, job.attempts) == (JobStatus.STOPPED, 0)
    client.post(page(job, "job_retry"))
    work_off()
    job.refresh_from_db()
    assert (job.status, job.attempts) == (JobStatus.DONE, 1)


def test_a_running_job_stops_at_its_next_step(person):
    job = ask(person)
    happening[2] = lambda desk: stop_job(job, actor=person)
    work_off()
    job.refresh_from_db()
    assert (job.status, job.done) == (JobStatus.STOPPED, 1)
    happening.clear()
    retry_job(job, actor=person)
    work_off()
    job.refresh_from_db()
    assert (job.status, job.done) == (JobStatus.DONE, 3)


def test_an_act_that_was_stopped_writes_nothing(person):
    job = ask(person, "bloc", content="Khối Một".encode(), code="K1")
    happening["after"] = lambda desk: stop_job(job, actor=person)
    work_off()
    job.refresh_from_db()
    assert (job.status, Bloc.objects.filter(code="K1").exists()) == (JobStatus.STOPPED, False)


def test_what_has_ended_is_not_stopped_and_what_has_not_is_not_repeated(person):
    job = ask(person)
    with pytest.raises(ValidationError, match="Chỉ việc không làm được"):
        retry_job(job, actor=person)
    work_off()
    with pytest.raises(ValidationError, match="đã kết thúc"):
        stop_job(job, actor=person)


def test_a_job_is_not_repeated_beside_the_same_one(person):
    first = ask(person)
    stop_job(first, actor=person)
    ask(person)
    with pytest.raises(ValidationError, match="giống hệt"):
        retry_job(first, actor=person)


def test_a_job_of_a_killed_worker_is_taken_up_again_and_done_once(person, clock):
    job = ask(person)
    killed(job, clock, 2)
    job.refresh_from_db()
    assert (job.status, job.done) == (JobStatus.RUNNING, 1)
    # The worker of the library alone would skip it for ever.
    assert DBTaskResult.objects.ready().count() == 0
    work_off()
    job.refresh_from_db()
    assert (job.status, job.attempts) == (JobStatus.DONE, 2)
    assert [path.name for path in folder_of(job.pk).iterdir()] == [result_path(job).name]


def test_a_worker_killed_before_it_began_loses_nothing(person, clock):
    job = ask(person)
    DBTaskResult.objects.get(pk=job.task_id).claim("chết")
    clock.shift(LEASE - dt.timedelta(seconds=1))
    assert sweep(clock_now()) == 0
    clock.shift(dt.timedelta(seconds=2))
    work_off()
    job.refresh_from_db()
    assert job.status == JobStatus.DONE


def clock_now():
    return dt.datetime.now(dt.UTC)


def test_an_old_row_of_the_queue_begins_nothing(person):
    job = ask(person)
    job.refresh_from_db()
    before = str(job.task_id)
    stop_job(job, actor=person)
    retry_job(job, actor=person)
    run_job(job.pk, before)
    job.refresh_from_db()
    assert (job.status, job.attempts) == (JobStatus.WAITING, 0)


def test_a_living_or_waiting_job_is_not_taken_up(person, clock):
    ask(person)
    clock.shift(dt.timedelta(days=1))
    assert sweep(clock_now()) == 0
    seen = []
    happening[2] = lambda desk: seen.append(sweep(clock_now()))
    work_off()
    assert seen == [0]


def test_a_long_run_that_gives_signs_of_life_is_not_taken_up(person, clock):
    job, seen = ask(person), []
    happening[2] = lambda desk: clock.shift(LEASE + dt.timedelta(seconds=1))
    happening[3] = lambda desk: seen.append(sweep(clock_now()))
    work_off()
    job.refresh_from_db()
    assert (seen, job.status, job.attempts) == ([0], JobStatus.DONE, 1)
    # A sign or two may fail to come.
    assert LEASE.total_seconds() >= 3 * BEAT


def test_a_sign_of_life_is_the_time_of_now_and_of_a_run_that_lost_its_job_none(person, clock):
    job = ask(person)

    def live(desk):
        for holder in (desk.job.holder, "another"):
            clock.shift(dt.timedelta(seconds=10))
            desk.job.holder = holder
            with patch.object(work, "connection"):
                work.beat(desk.job, Mock(wait=Mock(side_effect=[False, True])))
            seen.append(Job.objects.get(pk=job.pk).seen_at)
        raise ValidationError("Đủ rồi.")

    seen, happening[1] = [], live
    work_off()
    assert seen == [START + dt.timedelta(seconds=10)] * 2


@pytest.mark.parametrize(
    "taken", ({"status": "waiting", "holder": ""}, {"status": "running", "holder": "another"})
)
def test_a_run_given_up_for_dead_changes_nothing_when_it_comes_back(person, clock, taken):
    job = ask(person, "bloc", content="Khối Một".encode(), code="K1")

    def lose(desk):
        clock.shift(LEASE + dt.timedelta(seconds=1))
        DBTaskResult.objects.filter(pk=job.task_id).delete()
        Job.objects.filter(pk=job.pk).update(**taken)

    happening["after"] = lose
    run_job(job.pk, str(job.task_id))
    # All of what that run wrote is undone, its losing included, which in life another wrote.
    assert not Bloc.objects.filter(code="K1").exists()


def test_the_third_death_is_the_end(client, person, clock):
    job = ask(person)
    for _ in range(3):
        killed(job, clock)
        sweep(clock_now())
        job.refresh_from_db()
    assert (job.status, job.fault, job.attempts) == (JobStatus.FAILED, DIED, 3)


def test_a_lost_job_that_shall_stop_is_stopped(person, clock):
    job = ask(person)
    killed(job, clock)
    stop_job(job, actor=person)
    sweep(clock_now())
    job.refresh_from_db()
    assert job.status == JobStatus.STOPPED


def test_a_worker_that_is_told_to_end_gives_its_job_back(person):
    job = ask(person)
    job.refresh_from_db()
    before = job.task_id
    happening[2] = lambda desk: ENDING.set()
    try:
        run_job(job.pk, str(before))
    finally:
        ENDING.clear()
    job.refresh_from_db()
    assert (job.status, job.attempts, job.task_id == before) == (JobStatus.WAITING, 0, False)
    happening.clear()
    work_off()
    job.refresh_from_db()
    assert job.status == JobStatus.DONE


def test_files_go_after_days_and_the_page_says_so(client, person, clock):
    job = ask(person)
    work_off()
    clock.shift(dt.timedelta(days=7))
    assert clean(clock_now()) == 0
    clock.shift(dt.timedelta(seconds=1))
    call_command("clean_jobs")
    job.refresh_from_db()
    assert (folder_of(job.pk).exists(), job.has_file, DBTaskResult.objects.count()) == (
        False,
        False,
        0,
    )
    client.force_login(person)
    assert "Tệp đã được xóa sau 7 ngày" in client.get(page(job)).content.decode()
    assert client.get(page(job, "job_file")).status_code == 404


def test_a_missing_file_is_said(client, person):
    job = ask(person)
    work_off()
    job.refresh_from_db()
    result_path(job).unlink()
    client.force_login(person)
    answer = client.get(page(job, "job_file"), follow=True)
    assert "không còn trên máy chủ" in answer.content.decode()


def test_the_page_shows_how_far_it_is_and_comes_again_without_javascript(client, person):
    job = ask(person)
    client.force_login(person)
    seen = []
    happening[3] = lambda desk: seen.append(client.get(page(job)).content.decode())
    work_off()
    assert 'value="66" max="100"' in seen[0]
    asks_again = ("Xem lại tiến độ", 'hx-trigger="every 2s"')
    assert [words in seen[0] for words in asks_again] == [True, True]
    now = client.get(page(job)).content.decode()
    assert [words in now for words in asks_again] == [False, False]


def test_the_table_of_moves_leads_from_state_to_state():
    statuses = set(JobStatus.values)
    assert {target for _, target in MOVES.values()} == statuses
    assert all(sources <= statuses for sources, _ in MOVES.values())
    left = {status for sources, _ in MOVES.values() for status in sources}
    assert statuses - left == {JobStatus.DONE}
    assert [percent(1, 3), percent(5, 3), percent(1, 0)] == [33, 100, None]
