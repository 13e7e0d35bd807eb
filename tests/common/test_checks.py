"""What an operator can forget is said by name."""

import shutil

from django.conf import settings as real

from thidua.common import checks
from thidua.papers import checks as of_papers


def test_this_machine_is_complete():
    found = [
        of_papers.paper_fonts(),
        of_papers.pango(),
        checks.writable_folders(),
        of_papers.socket_path(),
    ]
    assert found == [[], [], [], []]


def test_missing_font_is_named(settings, tmp_path):
    shutil.copytree(real.PAPER_FONTS_DIR, tmp_path / "paper")
    (tmp_path / "paper" / "PaperSerif-Italic.ttf").unlink()
    settings.PAPER_FONTS_DIR = tmp_path / "paper"
    (found,) = of_papers.paper_fonts()
    assert (found.id, found.msg.rpartition(": ")[2]) == ("thidua.W001", "PaperSerif-Italic.ttf.")


def test_folder_that_is_a_file_is_named(settings, tmp_path):
    file = tmp_path / "media"
    file.write_text("")
    settings.MEDIA_ROOT = file
    (found,) = checks.writable_folders()
    assert (found.id, found.msg) == ("thidua.W003", f"Không ghi được vào thư mục “{file}”.")


def test_folder_not_made_yet_is_fine(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "a" / "b"
    assert checks.writable_folders() == []


def test_too_long_socket_path_is_named(settings):
    settings.PROCESS_DIR = "/" + "x" * 120
    (found,) = of_papers.socket_path()
    assert (found.id, found.hint) == ("thidua.W004", "Đặt VAR_DIR ngắn hơn.")
