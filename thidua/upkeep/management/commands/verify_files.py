"""Reads every stored file and says which are missing or changed."""

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from thidua.common.vietnamese.numbers import two_digits
from thidua.upkeep.files import damaged_files, rowless_files
from thidua.upkeep.notes import keep_note

RIGHT = "Đã đọc {count} tệp, tệp nào cũng đúng như lúc cất."
WRONG = "{wrong} trong {count} tệp thiếu hoặc đã khác lúc cất:\n{lines}"
ROWLESS = "{count} tệp không thuộc dòng dữ liệu nào (tải lên dở dang), không ai mất gì."


class Command(BaseCommand):
    help = "Đối chiếu mọi tệp đã cất với mã băm trong cơ sở dữ liệu; có tệp sai thì thoát 1."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        found = list(damaged_files())
        wrong = [one for one in found if one]
        rowless = rowless_files(default_storage)
        keep_note("files", count=len(found), wrong=len(wrong), rowless=len(rowless))
        if rowless:
            self.stdout.write(ROWLESS.format(count=two_digits(len(rowless))))
        count = two_digits(len(found))
        if wrong:
            lines = "\n".join(f"  {one.sentence}" for one in wrong)
            said = WRONG.format(wrong=two_digits(len(wrong)), count=count, lines=lines)
            raise CommandError(said)
        self.stdout.write(RIGHT.format(count=count))
