"""Uploads are what their content says; a wrong one is refused with the reason."""

import hashlib
import io
import struct
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.files import docx, jpg, office, pdf, png, xlsx
from thidua.common.files import LARGEST, examine, readable_name

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ADVICE = "Chỉ nhận tệp PDF, ảnh JPG hoặc PNG, Word (.docx), Excel (.xlsx)."


def refusal(name, content):
    with pytest.raises(ValidationError) as caught:
        examine(SimpleUploadedFile(name, content))
    return caught.value.messages


@pytest.mark.parametrize(
    ("name", "content", "suffix", "content_type"),
    (
        ("Báo cáo.pdf", pdf(), ".pdf", "application/pdf"),
        ("BAO CAO.PDF", pdf(), ".pdf", "application/pdf"),
        ("ảnh.jpg", jpg(), ".jpg", "image/jpeg"),
        ("ảnh.jpeg", jpg(), ".jpg", "image/jpeg"),
        ("ảnh.png", png(), ".png", "image/png"),
        ("Công văn.docx", docx(), ".docx", DOCUMENT),
        ("Số liệu.xlsx", xlsx(), ".xlsx", SPREADSHEET),
    ),
)
def test_good_file_is_known_by_its_content(name, content, suffix, content_type):
    facts = examine(SimpleUploadedFile(name, content))
    assert (facts.name, facts.suffix, facts.content_type) == (name, suffix, content_type)
    assert (facts.size, facts.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_upload_can_be_read_again_from_its_start():
    upload = SimpleUploadedFile("a.pdf", pdf())
    examine(upload)
    assert upload.read() == pdf()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    (
        ("trống.pdf", b"", "Tệp “trống.pdf” không có nội dung. Hãy chọn tệp khác."),
        ("trang.html", b"<html><script>1</script>", f"Không nhận tệp “trang.html”. {ADVICE}"),
        ("giả.pdf", b"<html><script>1</script>", f"Không nhận tệp “giả.pdf”. {ADVICE}"),
        ("hình.svg", b"<svg onload='1'/>", f"Không nhận tệp “hình.svg”. {ADVICE}"),
        ("máy.exe", b"MZ" + bytes(64), f"Không nhận tệp “máy.exe”. {ADVICE}"),
        ("gói.zip", office({"a.txt": "x"}), f"Không nhận tệp “gói.zip”. {ADVICE}"),
        (
            "ảnh.pdf",
            png(),
            "Tệp “ảnh.pdf” thật ra là ảnh PNG. Hãy đổi lại đuôi tệp hoặc chọn đúng tệp.",
        ),
        (
            "bảng.docx",
            xlsx(),
            "Tệp “bảng.docx” thật ra là tệp Excel (.xlsx). Hãy đổi lại đuôi tệp hoặc chọn đúng "
            "tệp.",
        ),
        (
            "không đuôi",
            pdf(),
            "Tệp “không đuôi” thật ra là tệp PDF. Hãy đổi lại đuôi tệp hoặc chọn đúng tệp.",
        ),
        (
            "cũ.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "Tệp “cũ.xls” là tệp Word, Excel đời cũ hoặc có mật khẩu. Hãy mở tệp, lưu lại dạng "
            ".docx, .xlsx không mật khẩu hoặc xuất ra PDF rồi tải lên.",
        ),
        (
            "macro.xlsx",
            xlsx({"xl/vbaProject.bin": "x"}),
            "Tệp “macro.xlsx” có macro nên không nhận. Hãy lưu lại dạng .docx, .xlsx không macro.",
        ),
        (
            "đứt.pdf",
            pdf()[:-8],
            "Tệp “đứt.pdf” bị hỏng hoặc chưa trọn vẹn. Hãy mở thử trên máy rồi tải lại.",
        ),
        (
            "đứt.docx",
            docx()[:80],
            "Tệp “đứt.docx” bị hỏng hoặc chưa trọn vẹn. Hãy mở thử trên máy rồi tải lại.",
        ),
    ),
)
def test_wrong_file_is_refused_with_its_reason(name, content, sentence):
    assert refusal(name, content) == [sentence]


def test_no_test_is_called_by_the_bytes_of_a_file(request):
    names = [item.nodeid for item in request.session.items]
    assert [name for name in names if "PK\\x03" in name] == []


@pytest.mark.parametrize(
    ("name", "content"),
    (
        ("15.pdf", b"%PDF-1.7\n%%EOF\n"),
        ("không mục lục.pdf", pdf().replace(b"startxref", b"")),
        ("không đối tượng.pdf", pdf().replace(b" obj", b"")),
        ("không điểm ảnh.png", png().replace(b"IDAT", b"tEXt")),
        ("không khung.jpg", jpg().replace(b"\xff\xc0", b"\xff\xe1")),
        ("không ảnh.jpg", jpg().replace(b"\xff\xda", b"\xff\xe1")),
    ),
)
def test_first_and_last_bytes_alone_make_no_file(name, content):
    sentence = f"Tệp “{name}” bị hỏng hoặc chưa trọn vẹn. Hãy mở thử trên máy rồi tải lại."
    assert refusal(name, content) == [sentence]


@pytest.mark.parametrize("empty", ("[Content_Types].xml", "word/document.xml"))
def test_an_empty_main_part_is_no_word_file(empty):
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"} | {empty: ""}
    assert refusal("a.docx", office(parts))[0].startswith("Không nhận tệp “a.docx”.") is True


def bytes_between(size):
    """A PDF of that many bytes."""
    head, tail = pdf()[:-6], b"%%EOF\n"
    return head + bytes(size - len(head) - len(tail)) + tail


def test_file_of_exactly_twenty_megabytes_is_accepted():
    content = bytes_between(LARGEST)
    assert examine(SimpleUploadedFile("to.pdf", content)).size == LARGEST


def test_larger_file_is_refused():
    content = bytes_between(LARGEST + 1)
    assert refusal("to.pdf", content) == [
        "Tệp “to.pdf” nặng 21 MB; chỉ nhận đến 20 MB. Hãy chia nhỏ hoặc giảm dung lượng."
    ]


@pytest.mark.parametrize(
    ("typed", "shown"),
    (
        ("C:\\Users\\a\\Báo cáo.pdf", "Báo cáo.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb.pdf", "ab.pdf"),
        ("ba\u0301o.pdf", "báo.pdf"),
        ("", "tep"),
        (f"{'x' * 300}.pdf", f"{'x' * 146}.pdf"),
    ),
)
def test_name_is_for_people_and_never_a_path(typed, shown):
    assert readable_name(typed) == shown


def test_archive_with_many_parts_is_not_unpacked():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bytes(50_000_000))
    assert examine(SimpleUploadedFile("lớn.docx", buffer.getvalue())).suffix == ".docx"


def many_parts(count):
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}
    return office(parts | {f"{number:0100d}": "" for number in range(count)})


def with_comment(content, comment):
    """The archive with words behind its end, where a second end might be said to be."""
    return content[:-2] + len(comment).to_bytes(2, "little") + comment


def with_second_list(content):
    """The archive with an end of the huge kind, which says for itself how long its list is."""
    end = content[-22:]
    size, start = (int.from_bytes(end[at : at + 4], "little") for at in (12, 16))
    count = int.from_bytes(end[10:12], "little")
    huge = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(content) - 22, 1)
    return content[:-22] + huge + locator + end[:12] + bytes(4) + end[16:]


def test_an_end_of_the_huge_kind_is_not_followed():
    content = with_second_list(docx())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "word/document.xml" in archive.namelist()
    assert refusal("a.docx", content)[0].startswith("Tệp “a.docx” gồm quá nhiều phần")


@pytest.mark.parametrize(
    "content",
    (many_parts(4000), with_comment(many_parts(4000), b"x"), with_comment(docx(), b"PK\x05\x06")),
    ids=("list", "list before a comment", "two ends"),
)
def test_a_list_of_parts_without_end_is_not_read(content):
    found = refusal("a.docx", content)
    assert found in (
        [
            "Tệp “a.docx” gồm quá nhiều phần nên không nhận. Hãy mở tệp bằng Word, Excel, lưu lại "
            "rồi tải lên."
        ],
        ["Tệp “a.docx” bị hỏng hoặc chưa trọn vẹn. Hãy mở thử trên máy rồi tải lại."],
    )


def test_many_parts_of_an_ordinary_file_are_taken():
    assert examine(SimpleUploadedFile("a.docx", many_parts(2000))).suffix == ".docx"
