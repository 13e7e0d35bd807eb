"""A form whose action makes one move: what holds the move up is said before anything is typed."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from django.utils.functional import cached_property

from thidua.common.workflow import Transition, Workflow


class MakesMove:
    """Comes before the page class; the page names its move by `workflow` and `move_name`.

    What is left to do elsewhere closes the page: it says so and takes no typing. Guards that ask
    for what is typed here (`asked_here`) never close it.
    """

    workflow: ClassVar[Workflow]
    move_name: ClassVar[str]
    asked_here: ClassVar[tuple[Callable[..., list[str]], ...]] = ()

    @property
    def move(self) -> Transition | None:
        """The move as this page asks it; None in a state from which it is not made."""
        move = self.workflow[self.move_name]
        if self.workflow.state_of(self.object) not in move.sources:
            return None
        guards = (guard for guard in move.guards if guard not in self.asked_here)
        return replace(move, guards=tuple(guards))

    @cached_property
    def held_by(self) -> list[str]:
        """What is left to do elsewhere before the move, as the page was asked for."""
        return self.move.obstacles(self.object) if self.move else []

    def get_closed(self) -> str:
        return super().get_closed() or "\n".join(self.held_by)
