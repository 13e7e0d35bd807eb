"""User names no longer distinguish capitals: all are kept in small letters.

Of names that differ by capitals alone, who signed in last keeps the name; the others get a number
behind it, and the log book of each account tells the old and the new name.
"""

import unicodedata

from django.db import migrations
from django.db.models import F
from django.utils import timezone

LABEL = "Đổi tên đăng nhập khi nâng cấp: tên không phân biệt chữ hoa, chữ thường"


def to_small_letters(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    rows = User.objects.order_by(F("last_login").desc(nulls_last=True), "pk")
    people = list(rows)
    taken, moved = set(), []
    for person in people:
        name = free_name(in_small_letters(person.username), taken)
        taken.add(name)
        if name != person.username:
            moved.append((person, person.username, name))
    # First out of the way of each other, then to the names they get.
    for person, _, _ in moved:
        User.objects.filter(pk=person.pk).update(username=f"{person.pk}@")
    for person, old, new in moved:
        User.objects.filter(pk=person.pk).update(username=new)
        tell(apps, person, old, new)


def in_small_letters(name):
    return unicodedata.normalize("NFKC", name).lower()


def free_name(name, taken):
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def tell(apps, person, old, new):
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="accounts", model="user"
    )
    apps.get_model("common", "ActivityEntry").objects.create(
        at=timezone.now(),
        actor_name="Nâng cấp phần mềm",
        action="accounts.rename_account",
        label=LABEL,
        subject_type=kind,
        subject_id=person.pk,
        subject_name=person.full_name or new,
        changes=[{"field": "Tên đăng nhập", "before": old, "after": new}],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_first"),
        ("common", "0001_first"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(to_small_letters, migrations.RunPython.noop)]
