"""Puts realistic faults into a copy of the product, one at a time, and asks who notices.

    python -m tools.faults                         every fault, on the checkout
    python -m tools.faults constraints             one room; also single ids
    python -m tools.faults --commit c4b13b3        on an older commit
    python -m tools.faults --again survived        ask the survivors once more
    python -m tools.faults --table                 faults, new ones, noticed, % by room

The faults are data: `data/<room>.toml`, one table each.

    [[fault]]
    id = "common-lock"          # unique over all rooms
    what = "A move forgets to lock its object."
    file = "thidua/common/workflow.py"
    old = 'select_for_update()' # stands exactly once in the file, else the data has rotted
    new = 'all()'
    tests = ["tests/common/test_workflow.py"]   # nearest tests, the most specific first

May be added: `known = true` (listed before this script existed; all others are new),
`database = "postgresql"` (else SQLite), `journey = true` (needs a browser: its nearest tests are
the only ones asked), and for the older commit `old_file`, `old_text`, `old_new`, `old_tests` where
the same fault stands or reads differently. Without them that tree is searched for the one file
that holds `old`, and tests are found by their file name.

A fault is noticed when its nearest tests, or else all tests of its app and of the house, fail with
it and are green without it. It is no fault when nobody could tell the difference: such a change
does not belong here. Migrations are left out (`--nomigrations`), so that a constraint taken out of
its model is gone. The results stand in `var/faults/<commit>.json` after every fault: a run that was
stopped goes on where it was.

Outcomes: noticed · survived · broken (the change itself cannot be imported: mend the data) · red
(the tests fail without the fault) · slow (no answer in time) · absent (no such place there).
"""
