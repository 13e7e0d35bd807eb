"""The second writer is told what is stored now, and by whom."""

import pytest
import time_machine

from tests.factories.blocs import BlocFactory
from tests.factories.people import UserFactory
from thidua.common.activity import record
from thidua.common.stamps import OvertakenError, refuse_overtaken

pytestmark = pytest.mark.django_db


def test_the_last_who_wrote_these_values_is_named():
    bloc = BlocFactory()
    lines = (("Trần A", "units.edit"), ("Lê B", "units.edit"), ("Vũ C", "units.other"))
    for hour, (name, action) in enumerate(lines, start=8):
        with time_machine.travel(f"2026-03-02T0{hour - 7}:30:00Z", tick=False):
            record(UserFactory(full_name=name), action, bloc, label="Sửa")
    with pytest.raises(OvertakenError) as refusal:
        refuse_overtaken(
            bloc, "units.edit", seen="", stored={"name": "Khối 2"}, typed={"name": "Khối 3"}
        )
    assert refusal.value.message_dict["name"] == [
        "Người khác đã lưu: “Khối 2” (Lê B, 09:30 02/03/2026)."
    ]
