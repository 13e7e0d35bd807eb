from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("years", "0003_school_year")]

    operations = [
        migrations.AddField(
            model_name="regulation",
            name="round_shares",
            field=models.JSONField(blank=True, default=list, verbose_name="tỷ trọng các vòng"),
        ),
        migrations.AlterField(
            model_name="regulation",
            name="round_mode",
            field=models.CharField(
                choices=[
                    ("last", "Lấy điểm của vòng cuối"),
                    ("mean", "Lấy trung bình các vòng"),
                    (
                        "mean_without_extremes",
                        "Lấy trung bình, bỏ một điểm cao nhất và một điểm thấp nhất",
                    ),
                    ("weighted", "Tính theo tỷ trọng từng vòng"),
                ],
                default="mean",
                max_length=30,
                verbose_name="cách gộp điểm nhiều người chấm, nhiều vòng",
            ),
        ),
    ]
