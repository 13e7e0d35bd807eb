"""What an operator can forget about papers: fonts, the library that prints, the socket."""

import ctypes
import os
from pathlib import Path

from django.conf import settings
from django.core.checks import Warning as Caution
from django.core.checks import register

from thidua.common.vietnamese.province import undeclared

PAPER_FONTS = tuple(
    f"PaperSerif-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic")
)
SOCKET_PATH_MAX = 107  # bytes, a limit of Linux
SOCKET_NAME_LENGTH = len("/pdf-sign-00000000-1.sock")


@register
def paper_fonts(**kwargs) -> list[Caution]:
    """The four fonts of the papers are there."""
    folder = Path(settings.PAPER_FONTS_DIR)
    missing = [name for name in PAPER_FONTS if not (folder / name).is_file()]
    if not missing:
        return []
    message = f"Thiếu phông chữ của văn bản in trong “{folder}”: {', '.join(missing)}."
    return [Caution(message, hint="Lấy lại các tệp này từ kho mã nguồn.", id="thidua.W001")]


@register
def province_is_declared(**kwargs) -> list[Caution]:
    """Somebody has said whose papers these are."""
    if not (message := undeclared()):
        return []
    hint = 'Ví dụ: SITE_PROVINCE="Tỉnh Lam Giang".'
    return [Caution(message, hint=hint, id="thidua.W005")]


@register
def pango(**kwargs) -> list[Caution]:
    """The system library that WeasyPrint needs is there (looked for without importing it)."""
    try:
        ctypes.CDLL("libpangoft2-1.0.so.0")
    except OSError:
        message = "Chưa tạo được tệp PDF vì máy chủ thiếu gói hệ thống libpangoft2-1.0-0."
        return [Caution(message, hint="apt-get install libpangoft2-1.0-0", id="thidua.W002")]
    return []


@register
def socket_path(**kwargs) -> list[Caution]:
    """The addresses of the processes that print and read are short enough for the system."""
    length = len(os.fsencode(settings.PROCESS_DIR)) + SOCKET_NAME_LENGTH
    if length <= SOCKET_PATH_MAX:
        return []
    message = (
        f"Đường dẫn PROCESS_DIR “{settings.PROCESS_DIR}” quá dài, không in và không đọc tệp được."
    )
    return [Caution(message, hint="Đặt VAR_DIR ngắn hơn.", id="thidua.W004")]
