"""What waits where a year begins, goes on, changes and ends; one function for each list."""

from blocs.changes.tasks.running_years import (
    difference_tasks,
    merger_tasks,
    rules_amendment_tasks,
    vacancy_tasks,
)
from blocs.changes.tasks.steps import handover_tasks, own_tasks, planning_tasks

__all__ = (
    "difference_tasks",
    "handover_tasks",
    "merger_tasks",
    "own_tasks",
    "planning_tasks",
    "rules_amendment_tasks",
    "vacancy_tasks",
)
