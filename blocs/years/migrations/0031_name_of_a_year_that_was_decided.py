from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("years", "0030_empty_main_leaves"),
    ]

    operations = [
        migrations.AlterField(
            model_name="blocyear",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "Chuẩn bị"),
                    ("open", "Đã mở"),
                    ("agreed", "Đã ký giao ước"),
                    ("in_progress", "Đang thực hiện"),
                    ("midyear_done", "Đã sơ kết"),
                    ("closing", "Đang tổng kết"),
                    ("ranked", "Đã xếp hạng"),
                    ("proposed", "Đã đề nghị"),
                    ("decided", "Đã xét khen thưởng"),
                    ("archived", "Đã lưu"),
                ],
                default="planned",
                max_length=20,
                verbose_name="trạng thái",
            ),
        ),
    ]
