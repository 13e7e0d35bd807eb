"""Tags for printed papers and the links to them."""

import re

from django import template
from django.utils.html import format_html, format_html_join

from thidua.papers import addresses

register = template.Library()

# What must stay on one line: document numbers (07/TTr-KTĐ5), a word with its number (Điều 1,
# ngày 08), a number with its unit, the number of a paragraph with its first word. Kept by CSS, not
# by U+00A0: a search in the PDF finds it.
UNBROKEN = re.compile(
    r"(^\d{1,2}\. \S+"
    r"|\d+(?:/\d{4})?/[^\W\d_]+(?:-\w+)*"
    r"|\b(?:số|khối|cụm|điều|khoản|điểm|mục|ngày|tháng|năm|quý|hạng|phụ lục) [\dIVX]+\b(?!/)"
    r"|\b[\d.,]+ (?:điểm|%|giờ|phút)(?!\w))",
    re.IGNORECASE,
)


@register.filter
def nb(text: str) -> str:
    """The text with its unbreakable pieces kept together, for example “số 5”."""
    pieces = UNBROKEN.split(text)
    pairs = zip(pieces[:-1:2], pieces[1::2], strict=True)
    html = format_html_join("", '{}<span class="nb">{}</span>', pairs)
    return format_html("{}{}", html, pieces[-1])


@register.filter
def word_address(url: str) -> str:
    """The address of the Word file beside this PDF."""
    return addresses.word_address(url)
