from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from thidua.demo.load import is_empty, load_demo
from thidua.demo.scale.shape import shape_of
from thidua.demo.scale.write import write_scale

# Where people try out and test; an office has settings of its own.
TRIED_OUT = ("thidua.settings.dev", "thidua.settings.test")
NOT_HERE = "Lệnh này chỉ chạy với cấu hình thử (dev, test), không chạy ở cơ quan."
NOT_EMPTY = "Cơ sở dữ liệu đã có dữ liệu. Hãy dùng một cơ sở dữ liệu trống."
TOO_SMALL = "Số tỉnh, số năm, số tiêu chí phải từ 1 trở lên."


class Command(BaseCommand):
    help = "Nạp vào cơ sở dữ liệu trống dữ liệu mẫu và số liệu cỡ nhiều tỉnh, nhiều năm, để đo"

    def add_arguments(self, parser):
        parser.add_argument("--provinces", type=int, default=1, help="số tỉnh (cả nước: 34)")
        parser.add_argument("--years", type=int, default=10, help="số năm, năm cuối đang làm")
        parser.add_argument("--leaves", type=int, default=60, help="số tiêu chí của một bảng điểm")
        parser.add_argument("--seed", type=int, default=1, help="cùng số này thì cùng dữ liệu")
        parser.add_argument(
            "--with-communes", action="store_true", help="mỗi tỉnh 413 khối, 3.048 đơn vị"
        )

    def handle(self, *, with_communes, **options):
        numbers = {name: options[name] for name in ("provinces", "years", "leaves", "seed")}
        if settings.SETTINGS_MODULE not in TRIED_OUT:
            raise CommandError(NOT_HERE)
        if min(numbers["provinces"], numbers["years"], numbers["leaves"]) < 1:
            raise CommandError(TOO_SMALL)
        if not is_empty():
            raise CommandError(NOT_EMPTY)
        begun = monotonic()
        load_demo()
        write_scale(shape_of(with_communes=with_communes, **numbers), self.stdout.write)
        self.stdout.write(f"Xong sau {int(monotonic() - begun)} giây.")
