"""Prints docs/environment.md: `manage.py draw_environment > docs/environment.md`."""

from django.core.management.base import BaseCommand

from thidua.upkeep.environment import drawing


class Command(BaseCommand):
    help = "In trang docs/environment.md"
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        self.stdout.write(drawing(), ending="")
