"""The scanner's answer decides; no answer is no consent."""

import socketserver
import struct
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.files import pdf
from thidua.common.files import examine

BAD = pdf("VIRUS")


class Scanner(socketserver.StreamRequestHandler):
    """Speaks the INSTREAM protocol of clamd and finds the word VIRUS."""

    def handle(self):
        command = self.rfile.read(len(b"zINSTREAM\0"))
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        if command != b"zINSTREAM\0" or b"SILENT" in content:
            return
        if b"TOO LONG" in content:
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
            return
        found = b"stream: Win.Test.EICAR FOUND\0" if b"VIRUS" in content else b"stream: OK\0"
        self.wfile.write(found)


@pytest.fixture
def scanner(tmp_path, settings):
    address = tmp_path / "clamd.sock"
    with socketserver.ThreadingUnixStreamServer(str(address), Scanner) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.CLAMD_SOCKET = str(address)
        yield server
        server.shutdown()
        thread.join()


def sentences(content):
    with pytest.raises(ValidationError) as caught:
        examine(SimpleUploadedFile("báo cáo.pdf", content))
    return caught.value.messages


def test_clean_file_is_taken_whole(scanner):
    upload = SimpleUploadedFile("báo cáo.pdf", pdf())
    assert examine(upload).suffix == ".pdf"
    assert upload.read() == pdf()


def test_infected_file_is_refused_by_name(scanner):
    assert sentences(BAD) == [
        "Tệp “báo cáo.pdf” có mã độc (Win.Test.EICAR) nên không nhận. Hãy quét lại máy tính rồi "
        "chọn tệp khác."
    ]


def test_scanner_that_says_nothing_is_no_consent(scanner):
    (sentence,) = sentences(BAD.replace(b"VIRUS", b"SILENT"))
    assert sentence.startswith("Chưa kiểm tra được mã độc cho tệp “báo cáo.pdf”")


def test_scanner_that_could_not_scan_is_no_consent(scanner):
    (sentence,) = sentences(BAD.replace(b"VIRUS", b"TOO LONG"))
    assert sentence.startswith("Chưa kiểm tra được mã độc cho tệp “báo cáo.pdf”")


def test_scanner_that_is_away_is_no_consent(tmp_path, settings):
    settings.CLAMD_SOCKET = str(tmp_path / "nobody.sock")
    (sentence,) = sentences(pdf())
    assert sentence.startswith("Chưa kiểm tra được mã độc cho tệp “báo cáo.pdf”")


def test_office_without_a_scanner_takes_files():
    assert examine(SimpleUploadedFile("báo cáo.pdf", BAD)).suffix == ".pdf"
