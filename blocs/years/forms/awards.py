from decimal import Decimal

from crispy_forms.layout import Column, Layout, Row
from django.core.exceptions import ValidationError

from blocs.years.models import AwardKind
from thidua.common.pages.forms import DecimalCommaField, TidyModelForm


class AwardKindForm(TidyModelForm):
    bonus_multiple = DecimalCommaField(
        label="Mức tiền thưởng (lần lương cơ sở)", maximum=Decimal("9999.99")
    )

    class Meta:
        model = AwardKind
        fields = (
            "name",
            "code",
            "is_flag",
            "is_title",
            "is_personal",
            "is_national",
            "legal_basis",
            "bonus_multiple",
            "order",
            "is_active",
        )
        help_texts = {"code": "Chữ không dấu và số, nối bằng gạch ngang, ví dụ bang-khen-tinh."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "name",
            Row(Column("code"), Column("order")),
            Row(Column("legal_basis"), Column("bonus_multiple")),
            "is_flag",
            "is_title",
            "is_personal",
            "is_national",
            "is_active",
        )

    def clean_bonus_multiple(self):
        value = self.cleaned_data["bonus_multiple"]
        if value is not None and value < 0:
            raise ValidationError("Mức tiền thưởng không thể là số âm.")
        return value
