from django.apps import AppConfig


class PacketsConfig(AppConfig):
    name = "thidua.packets"
    label = "packets"
    verbose_name = "hồ sơ của năm trong một tệp"

    def ready(self):
        # What registers itself does so once the apps are loaded.
        from thidua.packets import jobs  # noqa: F401, PLC0415
