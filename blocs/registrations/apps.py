from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "blocs.registrations"
    verbose_name = "trang đăng ký thi đua"
