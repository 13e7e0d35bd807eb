"""`manage.py demo`: fills an empty database, touches no other, and names its accounts."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from blocs.states import SeatRole
from blocs.units.models import Bloc, Unit
from tests.factories.people import UnitFactory
from tests.papers.papers import read_pdf
from thidua.accounts.models import User
from thidua.common.models import ActivityEntry
from thidua.demo.accounts import ACCOUNTS
from thidua.demo.people import username_of
from thidua.papers.models import Paper
from thidua.papers.stored import read_paper


def run(*options):
    output = StringIO()
    call_command("demo", *options, stdout=output)
    return output.getvalue()


def test_accounts_are_named_without_asking_the_database():
    lines = run("--accounts").splitlines()
    rows = [line.split()[:2] for line in lines[1:-2]]

    assert rows == [[account.username, account.password] for account in ACCOUNTS]
    # A name of the demo that is none of the table: the last line says why.
    other = username_of(SeatRole.EDITOR, "SKHCN")
    assert other in lines[-1]
    assert other not in {account.username for account in ACCOUNTS}


@pytest.mark.django_db
def test_full_database_is_refused_with_a_sentence():
    UnitFactory()

    with pytest.raises(CommandError) as refusal:
        run()

    assert str(refusal.value) == (
        "Cơ sở dữ liệu đã có dữ liệu nên không nạp dữ liệu mẫu. Hãy dùng một cơ sở dữ liệu trống, "
        "hoặc chạy “demo --if-empty” để bỏ qua bước này."
    )
    assert (refusal.value.returncode, Unit.objects.count(), User.objects.count()) == (1, 1, 0)


@pytest.mark.django_db
def test_full_database_is_left_alone_if_only_an_empty_one_was_meant():
    UnitFactory()

    assert run("--if-empty") == ""
    assert (Unit.objects.count(), Bloc.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_empty_database_is_filled_and_the_minutes_of_2020_are_kept():
    printed = run("--if-empty")
    papers = Paper.objects.order_by("pk")
    # Each paper is kept after the data, with its own line.
    lines = ActivityEntry.objects.count() - papers.count()
    assert printed == f"Đã nạp dữ liệu mẫu: 14 khối, cụm; 74 đơn vị; {lines} dòng nhật ký.\n"
    text = read_pdf(read_paper(papers[0])).text

    assert [paper.kind for paper in papers] == ["minutes", "counting_minutes", "counting_minutes"]
    assert {paper.made_at.isoformat() for paper in papers} == {"2021-01-28T09:53:00+00:00"}
    assert "14 giờ 00, ngày 28 tháng 01 năm 2021" in text
    assert "Ban Quản lý các Khu công nghiệp" in text


@pytest.mark.django_db
def test_machine_without_a_pdf_maker_says_so_and_goes_on(settings, tmp_path):
    blocked = tmp_path / "run"
    blocked.write_text("")
    settings.PROCESS_DIR = blocked
    settings.PDF_CACHE_DIR = tmp_path / "cache"

    last = run().splitlines()[-1]

    assert last == (
        "Biên bản hội nghị năm 2020 chưa lưu được dạng PDF: Chưa tạo được tệp PDF vì không dùng "
        f"được thư mục “{blocked}”. Vui lòng báo người quản trị."
    )
    assert (Bloc.objects.count(), Paper.objects.count()) == (14, 0)
