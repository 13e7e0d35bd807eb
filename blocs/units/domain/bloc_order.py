"""Where a bloc stands in the list of blocs, unless the office says otherwise."""

import re

# What the field of the order can hold.
MOST = 9999
NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")


def order_of(name: str) -> int:
    """The number in the name, so that «Khối 10» comes after «Khối 2»; 0 where there is none."""
    found = NUMBER.search(name)
    return int(found[0]) if found else 0
