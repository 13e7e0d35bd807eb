from django.core.management.base import BaseCommand
from django.utils import timezone

from thidua.jobs.sweeping import clean


class Command(BaseCommand):
    help = "Xóa tệp của những việc chạy lâu đã kết thúc từ lâu (JOBS_KEEP_DAYS)."

    def handle(self, *args, **options):
        self.stdout.write(f"Đã dọn tệp của {clean(timezone.now())} việc chạy lâu.")
