"""The province whose papers these are: one setting, asked by every paper and page."""

from django.conf import settings

# What docs/install.md writes there until somebody says the name.
SAMPLE = "Tỉnh Tên Tỉnh"
UNDECLARED = (
    "Chưa khai báo tên cơ quan, nơi ban hành văn bản của tỉnh nên chưa in, chưa ký được văn bản "
    "nào: người quản trị máy chủ ghi SITE_PROVINCE vào tệp cấu hình /etc/thidua.env "
    "(docs/install.md, mục 4) rồi khởi động lại phần mềm."
)


def province() -> str:
    """«tỉnh Lam Giang», «thành phố Lam Giang», as it stands inside a sentence."""
    name = str(settings.SITE_PROVINCE).strip()
    return f"{name[:1].lower()}{name[1:]}"


def place() -> str:
    """The name alone, as it stands before the day of a paper (NĐ 30/2020, Phụ lục I, box 4)."""
    return province().removeprefix("tỉnh").removeprefix("thành phố").strip()


def undeclared() -> str:
    """Why no paper is printed yet: nobody said whose it is; empty once somebody has."""
    name = str(settings.SITE_PROVINCE).strip()
    return "" if name and name != SAMPLE else UNDECLARED
