"""What makes another paper of a kept PDF: each part of its key, changed alone, and nothing else."""

import os
import shutil
import unicodedata

import pytest

from thidua.papers.pdf.cache import html_fingerprint
from thidua.papers.pdf.client import STATIC, render_pdf, stop_pdf_process

HTML = '<html lang="vi"><head><title>Thử</title></head><body><p>Khối ẫ</p></body></html>'
BLACK, RED = "p { color: black }", "p { color: red }"


@pytest.fixture
def static(tmp_path, monkeypatch):
    """A static folder of this test, with the fonts of the papers and one rule for paragraphs."""
    shutil.copytree(STATIC / "fonts" / "paper", tmp_path / "fonts" / "paper")
    (tmp_path / "css").mkdir()
    style(tmp_path, BLACK)
    monkeypatch.setattr("thidua.papers.pdf.cache.STATIC", tmp_path)
    return tmp_path


def style(static, text, seconds=1):
    file = static / "css" / "paper.css"
    file.write_text(text)
    os.utime(file, (seconds, seconds))


def test_another_text_is_another_key(static):
    assert html_fingerprint(HTML.replace("Khối", "Cụm")) != html_fingerprint(HTML)


def test_another_form_of_the_same_letters_is_the_same_key(static):
    assert html_fingerprint(unicodedata.normalize("NFD", HTML)) == html_fingerprint(HTML)


def test_another_stylesheet_is_another_key_and_the_old_one_back_is_the_old_key(static):
    first = html_fingerprint(HTML)
    style(static, RED)
    second = html_fingerprint(HTML)
    style(static, BLACK, seconds=2)
    assert (second == first, html_fingerprint(HTML) == first) == (False, True)


def test_another_font_is_another_key_and_the_old_one_back_is_the_old_key(static):
    first = html_fingerprint(HTML)
    font = static / "fonts" / "paper" / "PaperSerif-Bold.ttf"
    before = font.read_bytes()
    font.write_bytes(before[:-1] + b"x")
    second = html_fingerprint(HTML)
    font.write_bytes(before)
    os.utime(font, (2, 2))
    assert (second == first, html_fingerprint(HTML) == first) == (False, True)


def test_another_weasyprint_is_another_key(static, monkeypatch):
    first = html_fingerprint(HTML)
    monkeypatch.setattr("thidua.papers.pdf.cache.version", lambda name: f"{name} 99.0")
    assert html_fingerprint(HTML) != first


def test_no_two_parts_of_the_key_run_into_each_other(static, monkeypatch):
    """A version that ends as the text begins is not the same key as the text that takes it over."""
    keys = []
    for version, text in (("70.0", f"1{HTML}"), ("70.01", HTML)):
        monkeypatch.setattr("thidua.papers.pdf.cache.version", lambda name, found=version: found)
        keys.append(html_fingerprint(text))
    assert keys[0] != keys[1]


def test_the_warm_process_prints_with_the_stylesheet_of_now(static, monkeypatch, settings):
    monkeypatch.setattr("thidua.papers.pdf.client.STATIC", static)
    settings.PROCESS_DIR = static / "run"
    first = render_pdf(HTML)
    style(static, RED, seconds=2)
    second = render_pdf(HTML)
    style(static, BLACK, seconds=3)
    third = render_pdf(HTML)
    stop_pdf_process()
    assert (second == first, third == first) == (False, True)
