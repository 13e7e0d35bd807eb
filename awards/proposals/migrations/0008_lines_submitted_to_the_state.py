from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0007_name_of_a_proposal_that_was_considered"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposalitem",
            name="forwarded_number",
            field=models.CharField(
                blank=True, max_length=60, verbose_name="số tờ trình cấp Nhà nước"
            ),
        ),
        migrations.AddField(
            model_name="proposalitem",
            name="forwarded_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="ngày tờ trình cấp Nhà nước"
            ),
        ),
        migrations.AlterField(
            model_name="proposalitem",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "Đề nghị"),
                    ("eligible", "Đủ điều kiện"),
                    ("suspended", "Chưa xét"),
                    ("granted", "Được tặng"),
                    ("forwarded", "Đã trình cấp Nhà nước"),
                    ("refused", "Không được tặng"),
                ],
                default="proposed",
                max_length=20,
                verbose_name="trạng thái",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalitem",
            constraint=models.CheckConstraint(
                name="item_forwarded_has_number_and_day",
                condition=~Q(state="forwarded")
                | (~Q(forwarded_number="") & Q(forwarded_on__isnull=False)),
                violation_error_message="Dòng đã trình cấp Nhà nước phải có số và ngày tờ trình.",
            ),
        ),
    ]
