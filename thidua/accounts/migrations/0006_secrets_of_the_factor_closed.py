"""Secrets of authenticators are encrypted, codes for need hashed: none stays in clear.

Back again secrets are read as before; hashed codes are gone then, people make new ones. A set of ten
codes costs about as much time as ten sign-ins.
"""

from django.contrib.auth.hashers import get_hasher
from django.db import migrations

from thidua.accounts.encryption import decrypted, encrypted

# As `about` of thidua/accounts/models/devices.py says it.
BOUND = "totp:{}"


def close(apps, schema_editor):
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.order_by("pk").iterator():
        device.key = encrypted(bytes.fromhex(device.key), BOUND.format(device.user_id))
        device.save(update_fields=("key",))
    kept = apps.get_model("accounts", "SpareCode").objects
    hasher = get_hasher()
    for device in apps.get_model("otp_static", "StaticDevice").objects.order_by("pk").iterator():
        salt = hasher.salt()
        for row in device.token_set.order_by("pk"):
            kept.create(device_id=device.pk, hashed=hasher.encode(row.token, salt))
        device.token_set.all().delete()


def open_again(apps, schema_editor):
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.order_by("pk").iterator():
        device.key = decrypted(device.key, BOUND.format(device.user_id)).hex()
        device.save(update_fields=("key",))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_codes_for_need_hashed")]

    operations = [migrations.RunPython(close, open_again)]
