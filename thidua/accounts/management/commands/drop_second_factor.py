"""The door of the operator where nobody can confirm any more: forget a person's second factor."""

from django.core.management.base import BaseCommand, CommandError

from thidua.accounts.actions import drop_factor_by_command
from thidua.accounts.models import User


class Command(BaseCommand):
    help = "Bỏ bước xác thực thứ hai của một người; lần đăng nhập tới người ấy đặt lại."

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập")

    def handle(self, *args, **options):
        name = User.normalize_username(options["username"])
        person = User.objects.filter(username=name).first()
        if person is None:
            raise CommandError(f"Không có tài khoản {name}.")
        drop_factor_by_command(person)
        self.stdout.write(f"Đã bỏ bước xác thực thứ hai của {person.username}.")
