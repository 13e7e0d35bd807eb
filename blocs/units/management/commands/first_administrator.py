"""Seat the first system administrator and the first official of a new installation.

Nobody seats himself: all others are asked for by the one and confirmed by the other, on pages.
"""

from getpass import getpass

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from blocs.states import SeatRole
from blocs.units.actions.people import seat_first_administrator, seat_first_official
from blocs.units.models import Seat


class Command(BaseCommand):
    help = "Lập tài khoản quản trị hệ thống và tài khoản cơ quan thường trực đầu tiên."

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập của quản trị hệ thống")
        parser.add_argument("full_name", help="họ và tên")
        parser.add_argument("office_username", help="tên đăng nhập của cơ quan thường trực")
        parser.add_argument("office_full_name", help="họ và tên")

    def handle(self, *args, **options):
        if not Seat.objects.filter(role=SeatRole.SYSADMIN).exists():
            self.open(seat_first_administrator, options["username"], options["full_name"])
        self.open(seat_first_official, options["office_username"], options["office_full_name"])

    def ask(self, username):
        """The password, typed twice alike: nobody sees what was typed."""
        while True:
            password = getpass(f"Mật khẩu lần đầu của {username}: ")
            if password == getpass("Nhập lại mật khẩu: "):
                return password
            self.stderr.write("Hai lần nhập khác nhau, xin nhập lại.")

    def open(self, act, username, full_name):
        password = self.ask(username)
        try:
            person = act(
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
