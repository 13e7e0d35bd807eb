"""Awards are proposed and decided after the year: the tests stand in its March."""

import pytest
import time_machine


@pytest.fixture(autouse=True)
def march_after_the_year():
    """Submission and decision of these tests are of December to February."""
    with time_machine.travel("2027-03-10T02:00:00Z"):
        yield
