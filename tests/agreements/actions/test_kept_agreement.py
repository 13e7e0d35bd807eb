"""The paper of an agreement in effect is kept as it was signed."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from agreements.actions.signatures import keep_signature, sign_agreement
from agreements.enums import AgreementState
from agreements.models import Agreement, Signature
from blocs.states import YearState
from tests.factories.agreements import AgreementFactory
from tests.factories.people import leader_of
from thidua.papers.stored import papers_of, read_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(settings, tmp_path):
    """Signed by all but the last unit; its papers are printed into an empty cache."""
    settings.PDF_CACHE_DIR = tmp_path / "cache"
    made = AgreementFactory(signing=True)
    for unit in made.missing_units()[:-1]:
        sign(made, unit)
    return made


def sign(agreement, unit):
    return sign_agreement(
        agreement,
        actor=leader_of(unit),
        unit=unit,
        revision=agreement.revision,
        signer_name="Nguyễn Văn A",
        signer_title="Giám đốc",
    )


def paper_page(agreement):
    return reverse("agreements:agreement_paper", args=(agreement.bloc_year_id,))


def test_last_signature_keeps_the_paper_and_prints_it_once(agreement, settings):
    assert papers_of(agreement).count() == 0
    (unit,) = agreement.missing_units()
    sign(agreement, unit)
    paper = papers_of(agreement).get()
    assert (paper.kind, paper.number, paper.version) == ("agreement", agreement.number, "4")
    assert paper.data["confirmations"][-1]["unit"] == unit.name
    assert paper.data["unit_signers"][-1]["name"] == "Nguyễn Văn A"
    assert hashlib.sha256(read_paper(paper)).hexdigest() == paper.sha256
    assert len(list(settings.PDF_CACHE_DIR.glob("*.pdf"))) == 1


def test_page_shows_the_kept_paper_whatever_changes_afterwards(agreement, client):
    (unit,) = agreement.missing_units()
    sign(agreement, unit)
    unit.name = "Sở Tên mới"
    unit.save()
    client.force_login(leader_of(unit))
    answer = client.get(paper_page(agreement))
    assert answer.content == read_paper(papers_of(agreement).get())


def test_agreement_of_before_papers_were_kept_is_drawn(client):
    agreement = AgreementFactory(signing=True)
    client.force_login(leader_of(agreement.bloc_year.head))
    assert client.get(paper_page(agreement)).content[:5] == b"%PDF-"
    assert papers_of(agreement).count() == 0


def test_without_a_printer_the_last_signature_is_refused(agreement, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.PROCESS_DIR = blocked / "run"
    (unit,) = agreement.missing_units()
    with pytest.raises(ValidationError, match="Chưa tạo được tệp PDF"):
        sign(agreement, unit)
    agreement.refresh_from_db()
    assert agreement.missing_units() == [unit]
    assert agreement.state == AgreementState.SIGNING
    assert agreement.bloc_year.state == YearState.OPEN


def test_text_changed_while_the_paper_was_printed_is_not_signed(agreement):
    (unit,) = agreement.missing_units()
    actor = leader_of(unit)
    read = Signature(
        agreement=agreement,
        unit=unit,
        signer_name="Nguyễn Văn A",
        signer_title="Giám đốc",
        signed_by=actor,
        signed_at=timezone.now(),
        revision=agreement.revision,
    )
    Agreement.objects.update(revision=agreement.revision + 1)
    with pytest.raises(ValidationError) as caught:
        keep_signature(read, actor=actor)
    assert caught.value.messages == [
        "Văn bản giao ước vừa được sửa. Vui lòng đọc lại trước khi ký."
    ]
    assert agreement.signatures.filter(unit=unit).count() == 0
