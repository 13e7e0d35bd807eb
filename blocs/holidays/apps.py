from django.apps import AppConfig


class HolidaysConfig(AppConfig):
    name = "blocs.holidays"
    verbose_name = "trang ngày nghỉ, ngày làm bù"
