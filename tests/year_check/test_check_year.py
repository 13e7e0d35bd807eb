"""`manage.py check_year`: every artefact of the demo's years agrees; one false digit is found."""

from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.urls import get_resolver, resolve

from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.models import Conference
from blocs.years.models import BlocYear
from tests.prove import budget
from thidua.common.models import ActivityEntry
from thidua.papers.stored import store_paper
from thidua.papers.told import TELLERS
from thidua.year_check.opening import check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


TABLE = "“Bảng tiêu chí chấm điểm thi đua khối các sở, ban, ngành (mẫu tổng hợp), phiên bản 1”"


def run(*options):
    output = StringIO()
    try:
        call_command("check_year", *options, stdout=output)
    except CommandError as error:
        return output.getvalue(), str(error)
    return output.getvalue(), ""


OF_ONE_UNIT = (
    "trang báo cáo –",
    "bảng tự chấm điểm",
    "bảng điểm –",
    "trang các phiên bản –",
    "phiên bản ",
    "trang đối chiếu –",
    "trang điểm chấm –",
)


def is_no_sheet(name):
    """Sheets are many, and their paper takes a while each: they have tests of their own."""
    return not name.startswith(OF_ONE_UNIT)


def year_of(code, year=2026):
    return BlocYear.objects.get(bloc__code=code, year=year)


# Of the year with fourteen blocs two in the suite; asked to prove, all (`./run prove artefacts`).
THIS_YEAR = (("2026", "--bloc", "KTĐ5"), ("2026", "--bloc", "KTĐ10"), ("2026",))


@pytest.mark.parametrize(
    "asked",
    (("2020",), ("2021",), ("2025",), ("2027",), *THIS_YEAR[budget(0, 2) : budget(2, 3)]),
    ids=" ".join,
)
def test_every_artefact_of_the_demo_tells_what_the_database_says(asked):
    printed, refused = run(*asked)
    assert refused == ""
    assert [line for line in printed.splitlines() if not line.endswith("; 00 chỗ lệch.")] == []


def test_a_decided_year_is_told_in_all_its_artefacts():
    artefacts, _ = check(year_of("KTĐ8"), about=is_no_sheet)
    names = [artefact.name for artefact in artefacts]
    registrations = [name for name in names if name.startswith("trang “Bản đăng ký")]
    assert len(registrations) == year_of("KTĐ8").registrations.count()
    lines = [name for name in names if name.startswith("trang dòng đề nghị –")]
    assert len(lines) == year_of("KTĐ8").proposal.items.count()
    assert [name for name in names if name not in (*registrations, *lines)] == [
        "trang quy định",
        "trang năm thi đua",
        "trang đăng ký thi đua",
        f"trang {TABLE}",
        f"{TABLE} (Excel)",
        f"{TABLE} (JSON)",
        "danh sách năm thi đua",
        "trang đối chiếu điểm",
        "trang xếp hạng",
        "bảng tổng hợp (PDF)",
        "bảng tổng hợp (Excel)",
        "bảng điểm của khối (Excel)",
        "tệp kiểm chứng",
        "bảng điểm chi tiết (PDF)",
        "trang báo cáo và điểm",
        "danh sách báo cáo",
        "trang hội nghị tổng kết",
        "trang giao ước",
        "giao ước (PDF)",
        "danh sách đề nghị khen thưởng",
        "trang đề nghị khen thưởng",
        "tờ trình (PDF)",
        "trang “Quyết định số 01/QĐ-UBND (minh họa)”",
        "“Quyết định số 01/QĐ-UBND (minh họa)” (PDF)",
        "trang công bố “Quyết định số 01/QĐ-UBND (minh họa)”",
        "danh sách quyết định – “Quyết định số 01/QĐ-UBND (minh họa)”",
        "danh sách công bố – “Quyết định số 01/QĐ-UBND (minh họa)”",
    ]


SAME_ROWS = "the rows of the public pages, which are told; tests/api/test_open_data.py holds both"
RECEIPT = "what one sending held when it came in; tests/blocs/reports/views/test_receipts.py"
# Files that tell nothing of a year, or nothing but what another artefact tells.
TELL_NOTHING = {
    "units:person_roster_forms": "an empty form",
    "units:unit_roster_forms": "an empty form",
    "criteria:table_blank": "an empty form",
    "sheet_files:sheet_template": "the form of a sheet that nobody has filled in",
    "year_files:year_file_template": "an empty form",
    "reports:report_receipt": RECEIPT,
    "reports:version_receipt": RECEIPT,
    "api:api_description": "what programs may ask, of no year",
    "open_data:blocs_json": SAME_ROWS,
    "open_data:decisions_json": SAME_ROWS,
    "open_data:lines_json": SAME_ROWS,
}


def test_every_file_of_a_year_is_told_or_named_here():
    """A new PDF, workbook or data file must say what it tells, or why it tells nothing."""
    files = {name for name, path in named_addresses() if path.endswith((".pdf", ".xlsx", ".json"))}
    known = ("KTĐ8", "KTĐ10", "KTĐ11")
    years = [*map(year_of, known), year_of("KTĐ5", 2021), year_of("KTĐ5", 2020)]
    told = {
        resolve(artefact.url).view_name
        for year in (*years, *BlocYear.objects.filter(rules_amendments__isnull=False)[:1])
        for teller in TELLERS
        for artefact in teller(year)
    }
    late = {"agreements:agreement_addition"}
    assert files - told - {*TELL_NOTHING} - late == set()
    assert {*TELL_NOTHING} | late <= files - told


def named_addresses(resolver=None, space="", above=""):
    """(name, path) of every address, with the name of its app."""
    for one in (resolver or get_resolver()).url_patterns:
        path = f"{above}{one.pattern}"
        if hasattr(one, "url_patterns"):
            yield from named_addresses(one, one.namespace or space, path)
        elif one.name:
            yield (f"{space}:{one.name}" if space else one.name), path


def test_checking_leaves_no_trace():
    before = (Session.objects.count(), ActivityEntry.objects.count())
    check(year_of("KTĐ8"), about=is_no_sheet)
    assert (Session.objects.count(), ActivityEntry.objects.count()) == before


def test_a_year_that_is_not_there_is_said():
    assert run("2031")[1] == "Không có năm thi đua 2031."
    assert run("2026", "--bloc", "KTĐ99")[1] == "Không có năm thi đua 2026 của KTĐ99."


@pytest.fixture
def false_template(settings, tmp_path):
    """`false_template(name, old, new)` puts one change into the template of that name."""

    def put(name, old, new):
        text = (django_settings.ROOT / "templates" / name).read_text()
        assert text.count(old) == 1
        file = tmp_path / name
        file.parent.mkdir(parents=True)
        file.write_text(text.replace(old, new))
        (engine,) = settings.TEMPLATES
        settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]

    return put


ONE_MORE = "{{ %s|slice:':-1' }}7"


@pytest.mark.parametrize(
    ("code", "template", "value", "artefact", "fact"),
    (
        (
            "KTĐ8",
            "years/year_detail/_dates.html",
            "deadline.words",
            "trang năm thi đua",
            "hạn",
        ),
        ("KTĐ8", "ranking/ranking_detail/_places.html", "row.total", "trang xếp hạng", "tổng điểm"),
        ("KTĐ8", "documents/_summary_table.html", "row.rank", "bảng tổng hợp (PDF)", "xếp thứ"),
        ("KTĐ8", "documents/_proposal_table.html", "row.rate", "tờ trình (PDF)", "tỷ lệ đồng ý"),
        (
            "KTĐ8",
            "documents/_confirmation_table.html",
            "row.signed_at",
            "giao ước (PDF)",
            "thời điểm ký",
        ),
        (
            "KTĐ8",
            "conferences/conference_detail/_ballot.html",
            "row.vote.votes_against",
            "trang hội nghị tổng kết",
            "số phiếu không đồng ý",
        ),
        (
            "KTĐ10",
            "documents/_ranking_table.html",
            "row.self_points",
            "Dự thảo biên bản hội nghị (PDF)",
            "điểm tự chấm",
        ),
    ),
)
def test_one_false_digit_in_a_template_is_named(
    false_template, code, template, value, artefact, fact
):
    shown = f"{{{{ {value} }}}}"
    false_template(template, shown, ONE_MORE % value)
    _, found = check(year_of(code), about=is_no_sheet)
    assert {(one.artefact, one.fact) for one in found} == {(artefact, fact)}
    assert all(one.expected[:-1] in one.found for one in found)


def test_a_vote_changed_behind_signed_minutes_is_named():
    """The page follows the database, the paper stays as it was signed."""
    year = year_of("KTĐ8")
    conference = Conference.objects.for_page().get(bloc_year=year)
    paper, actor = minutes_of(conference), conference.bloc_year.head.seats.first().user
    store_paper(
        paper, subject=conference, kind="minutes", title=paper.title, number="02", actor=actor
    )
    line = conference.counts[0].votes[1]
    line.votes_for, line.votes_against = 2, 2
    line.save()
    _, found = check(year, about=is_no_sheet)
    assert [one.sentence for one in found] == [
        "Biên bản hội nghị tổng kết năm 2026 của Khối Thi đua số 8 (PDF); Trường Đại học Tây "
        "Nguyên; số phiếu đồng ý: cơ sở dữ liệu “02/04”, ở đây “03/04”."
    ]
