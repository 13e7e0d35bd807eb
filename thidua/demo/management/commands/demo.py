from django.core.management.base import BaseCommand, CommandError

from thidua.demo.accounts import account_table
from thidua.demo.load import is_empty, load_demo
from thidua.demo.steps.papers import keep_minutes

NOT_EMPTY = (
    "Cơ sở dữ liệu đã có dữ liệu nên không nạp dữ liệu mẫu. Hãy dùng một cơ sở dữ liệu trống, "
    "hoặc chạy “demo --if-empty” để bỏ qua bước này."
)


class Command(BaseCommand):
    help = "Nạp dữ liệu mẫu vào cơ sở dữ liệu trống"
    # --accounts must answer without a database.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="không làm gì nếu đã có dữ liệu"
        )
        parser.add_argument("--accounts", action="store_true", help="chỉ in các tài khoản dùng thử")

    def handle(self, *, if_empty, accounts, **options):
        if accounts:
            self.stdout.write(account_table())
        elif is_empty():
            self.load()
        elif not if_empty:
            raise CommandError(NOT_EMPTY)

    def load(self):
        loaded = load_demo()
        self.stdout.write(
            f"Đã nạp dữ liệu mẫu: {loaded.blocs} khối, cụm; {loaded.units} đơn vị; "
            f"{loaded.log_lines} dòng nhật ký."
        )
        reason = keep_minutes(loaded.conference)
        if reason:
            self.stdout.write(f"Biên bản hội nghị năm 2020 chưa lưu được dạng PDF: {reason}")
