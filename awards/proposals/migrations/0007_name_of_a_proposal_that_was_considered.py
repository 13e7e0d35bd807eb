from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0006_reason_of_one_left_out"),
    ]

    operations = [
        migrations.AlterField(
            model_name="proposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Dự thảo"),
                    ("submitted", "Đã gửi tỉnh"),
                    ("returned", "Bị trả lại"),
                    ("received", "Đã tiếp nhận"),
                    ("before_council", "Đang lấy ý kiến Hội đồng"),
                    ("considered", "Hội đồng đã cho ý kiến"),
                    ("decided", "Đã xét xong"),
                ],
                default="draft",
                max_length=20,
                verbose_name="trạng thái",
            ),
        ),
    ]
