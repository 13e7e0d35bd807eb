"""The units and blocs of the demo, from `data/units.toml`."""

from typing import NamedTuple

from thidua.demo.data import read_data


class UnitRow(NamedTuple):
    """`letterhead` with | where the line breaks; empty: broken by the program."""

    code: str
    name: str
    leader_title: str = "Giám đốc"
    short_name: str = ""
    letterhead: str = ""
    superior: str = "UBND TỈNH ĐẮK LẮK"


class BlocRow(NamedTuple):
    code: str
    name: str
    members: tuple[UnitRow, ...]
    is_cluster: bool = False
    is_delegated: bool = False


BLOC_2020, *BLOCS = (
    BlocRow(**row | {"members": tuple(UnitRow(**member) for member in row["members"])})
    for row in read_data("units")["blocs"]
)
BLOC_5_IN_2020 = BLOC_2020.members
