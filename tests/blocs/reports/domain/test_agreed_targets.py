"""A target of the agreement finds its leaf by what it names, else by its own name."""

from decimal import Decimal

import pytest

from blocs.reports.domain.agreed_targets import AgreedTarget, targets_by_leaf

LEAVES = {"I/1": "Giải quyết hồ sơ đúng hạn", "I/2": "Sáng kiến", "II/1": "Sáng kiến"}


def target(name, planned="95", leaf=""):
    return AgreedTarget(name, Decimal(planned), leaf)


@pytest.mark.parametrize(
    ("targets", "found"),
    (
        ([target("Giải quyết hồ sơ đúng hạn")], {"I/1": 95}),
        # The same name as people spell it otherwise.
        ([target("  giải quyết  hồ sơ đúng hạn ")], {"I/1": 95}),
        ([target("Số sáng kiến được công nhận", "3", "II/1")], {"II/1": 3}),
        # What is named wins over the name.
        ([target("Giải quyết hồ sơ đúng hạn", "4", "I/2")], {"I/2": 4}),
        # Two leaves of one name: nobody can say which.
        ([target("Sáng kiến")], {}),
        ([target("Nội dung không chấm điểm")], {}),
        # A leaf that is not in the table, or that asks for no target.
        ([target("Giải quyết hồ sơ đúng hạn", "4", "IX/1")], {}),
        # Two figures for one leaf contradict each other, two equal ones do not.
        ([target("Một", "1", "I/1"), target("Hai", "2", "I/1")], {}),
        ([target("Một", "1", "I/1"), target("Hai", "1.0", "I/1")], {"I/1": 1}),
    ),
)
def test_targets_find_their_leaves(targets, found):
    assert targets_by_leaf(targets, LEAVES) == found
