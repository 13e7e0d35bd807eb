"""The lines of `broken_rows.py` about accounts and what is asked for them."""

from tests.factories.people import UserFactory, auditor, request_about
from tests.factories.tokens import token_of
from tests.house.broken_rows import NOON, Line
from thidua.accounts.models import Identity
from thidua.jobs.models import Job


def decided():
    """Somebody did not agree."""
    return {"outcome": "refused", "decided_by": UserFactory(), "decided_at": NOON}


def confirmed_alone():
    row = request_about(UserFactory(), **decided())
    alone = [{"outcome": "confirmed", "decided_by": one} for one in (row.asked_by, row.user)]
    return Line(row, ({"outcome": "confirmed"},), tuple(alone))


def identity(subject):
    return Identity.objects.create(user=UserFactory(), issuer="https://a.example", subject=subject)


def identity_taken():
    first, row = identity("a"), identity("b")
    another = {"user": UserFactory(), "subject": "c"}
    return Line(
        row,
        ({"user": UserFactory(), "issuer": "https://b.example"}, another),
        (another | {"subject": first.subject},),
    )


def linked_twice():
    row = identity("a")
    return Line(row, ({"user": UserFactory(), "subject": "b"},), ({"subject": "b"},))


PEOPLE = {
    "account_request_is_decided_by_somebody": lambda: Line(
        request_about(UserFactory()),
        (decided(),),
        ({"outcome": "refused"}, {"decided_at": NOON}, {"outcome": "refused", "decided_at": NOON}),
    ),
    "account_request_needs_two_people": confirmed_alone,
    "account_request_forgets_the_password": lambda: Line(
        request_about(UserFactory(), **decided()), ({"note": "Nhầm"},), ({"password": "x"},)
    ),
    "api_token_is_ended_by_somebody": lambda: Line(
        token_of(UserFactory())[0],
        ({"ended_at": NOON, "ended_by": UserFactory()},),
        ({"ended_at": NOON}, {"ended_by": UserFactory()}),
    ),
    "ApiToken.digest": lambda: Line(
        token_of(UserFactory())[0], ({"digest": "a"},), ({}, {"name": "Kho khác"})
    ),
    "identity_of_one_person": identity_taken,
    "Identity.user": linked_twice,
    "seat_of_an_auditor_ends": lambda: Line(
        auditor().seats.get(), ({"ends_on": NOON.date()},), ({"ends_on": None},)
    ),
    "user_name_in_small_letters": lambda: Line(
        UserFactory(), ({"username": "an.2"},), ({"username": "An"}, {"username": "aN"})
    ),
    "job_open_once": lambda: Line(
        job_of(UserFactory()),
        (
            {"key": "2"},
            {"asked_by": UserFactory()},
            {"status": "done"},
        ),
        ({}, {"status": "running"}),
    ),
    "job_failed_says_why": lambda: Line(
        job_of(UserFactory()), ({"status": "failed", "fault": "Hết chỗ."},), ({"status": "failed"},)
    ),
}


def job_of(person):
    return Job.objects.create(kind="year_packet", title="Hồ sơ", key="1", asked_by=person)
