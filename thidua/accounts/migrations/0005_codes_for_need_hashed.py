import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_told_of_resets"),
        ("otp_static", "0003_add_timestamps"),
        ("otp_totp", "0003_add_timestamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authenticator",
            fields=[],
            options={
                "verbose_name": "ứng dụng xác thực",
                "verbose_name_plural": "ứng dụng xác thực",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("otp_totp.totpdevice",),
        ),
        migrations.CreateModel(
            name="SpareCodes",
            fields=[],
            options={
                "verbose_name": "bộ mã dự phòng",
                "verbose_name_plural": "bộ mã dự phòng",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("otp_static.staticdevice",),
        ),
        migrations.CreateModel(
            name="SpareCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hashed", models.CharField(max_length=128, verbose_name="mã đã băm")),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hashed_codes",
                        to="otp_static.staticdevice",
                        verbose_name="bộ mã",
                    ),
                ),
            ],
            options={"verbose_name": "mã dự phòng", "verbose_name_plural": "mã dự phòng"},
        ),
    ]
