import os
import signal
import socket

from django.core.management.base import BaseCommand

from thidua.jobs.work import ENDING
from thidua.jobs.worker import turn

PAUSE = 1.0


class Command(BaseCommand):
    help = "Làm các việc chạy lâu đang chờ; chạy mãi cho đến khi được bảo dừng."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi thôi")

    def handle(self, *args, once, **options):
        name = f"{socket.gethostname()[:40]}-{os.getpid()}"
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ENDING.set())
        while not ENDING.is_set():
            turn(name)
            if once:
                return
            ENDING.wait(PAUSE)
