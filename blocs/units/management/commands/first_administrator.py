"""Seat the first system administrator of a new installation; all others are seated on pages."""

from getpass import getpass

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from blocs.units.actions.people import seat_first_administrator


class Command(BaseCommand):
    help = "Lập tài khoản quản trị hệ thống đầu tiên."

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("full_name", help="họ và tên")

    def handle(self, *args, username, full_name, **options):
        password = getpass("Mật khẩu lần đầu: ")
        try:
            person = seat_first_administrator(
                username=username,
                full_name=full_name,
                password=password,
                on=timezone.localdate(),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"Đã lập tài khoản {person.username}. Lần đầu đăng nhập sẽ phải đổi mật khẩu."
        )
