"""Says how the machine is."""

from django.core.management.base import BaseCommand, CommandError

from thidua.upkeep.health import FAULT, findings


class Command(BaseCommand):
    help = "Xem máy chủ: cơ sở dữ liệu, đĩa, sao lưu, tệp, in PDF, quét vi-rút; hỏng thì thoát 1."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        found = findings()
        for one in found:
            self.stdout.write(f"{one.label:10} {one.name}: {one.words}")
        if faults := [one.name for one in found if one.state == FAULT]:
            raise CommandError(f"Hỏng: {', '.join(faults)}.")
