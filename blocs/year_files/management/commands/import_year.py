"""Open a whole bloc year from one workbook, or write the empty workbook for it."""

from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError

from blocs.year_files.actions import import_year
from blocs.year_files.documents.checked import YearFileError
from blocs.year_files.documents.template import year_template
from thidua.accounts.models import User

# What the shell is told: cells are wrong, the file is refused as a whole, nobody may do this.
WRONG_CELLS, REFUSED, NOT_ALLOWED = 1, 2, 3


class Command(BaseCommand):
    help = (
        "Mở một năm thi đua của khối từ một tệp Excel. Mã thoát: 0 xong, 1 có ô sai, 2 tệp không "
        "nhận được, 3 người thực hiện không có quyền."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="tệp .xlsx")
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không ghi gì")
        parser.add_argument("--template", action="store_true", help="ghi mẫu trống vào tệp này")
        parser.add_argument(
            "--reason", default="", help="lý do khi có đơn vị đang thi đua ở khối, cụm khác"
        )
        parser.add_argument("--actor", help="tên đăng nhập của người thực hiện, ghi vào nhật ký")

    def handle(self, *, file, check, template, actor, reason, **options):
        path = Path(file)
        if template:
            self.write_template(path)
            return
        try:
            with path.open("rb") as source:
                made = import_year(
                    File(source, name=path.name),
                    actor=self.person(actor),
                    is_check=check,
                    reason=reason,
                )
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {path}.", returncode=REFUSED) from error
        except PermissionDenied as error:
            sentence = f"{actor} không phải là người của cơ quan thường trực."
            raise CommandError(sentence, returncode=NOT_ALLOWED) from error
        except YearFileError as error:
            told = "\n".join((f"Còn {len(error.faults)} ô phải sửa, chưa ghi gì:", *error.messages))
            raise CommandError(told, returncode=WRONG_CELLS) from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages), returncode=REFUSED) from error
        done = "Tệp đúng, chưa ghi gì" if check else "Đã mở"
        self.stdout.write(
            f"{done}: {made.bloc_year}, {made.units:02d} đơn vị, {made.leaves} tiêu chí, "
            f"{made.answers} kết quả."
        )
        if check and made.asks:
            self.stdout.write(f"Cần --reason: {made.asks}")
        for part in made.plan.parts if check else ():
            self.stdout.write(f"\n{part.title}:")
            for line in part.lines:
                self.stdout.write(f"  {line}")

    def person(self, username):
        found = User.objects.filter(username=username or "", is_active=True).first()
        if found is None:
            told = "Vui lòng ghi --actor TÊN_ĐĂNG_NHẬP của một người ở cơ quan thường trực."
            raise CommandError(told, returncode=NOT_ALLOWED)
        return found

    def write_template(self, path):
        try:
            with path.open("xb") as target:
                target.write(year_template())
        except OSError as error:
            told = f"Không ghi được {path}: tệp đã có hoặc thư mục không ghi được."
            raise CommandError(told, returncode=REFUSED) from error
        self.stdout.write(f"Đã ghi mẫu trống vào {path}.")
