import random
import unicodedata
from itertools import pairwise

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models.functions import Collate
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import case
from thidua.common.vietnamese.collation import COLLATION, compare, sort_key

TEXTS = case("names-and-text")
ALPHABET = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    "fjwzAÀẢÃÁẠĂẰÂẤBDĐEÊỆHIOÔƠỢUƯỰXYŏŭĕčñ\u00d0"
)
SIGNS = " -–—.,:;!?()[]/&#%'\"“”‘’…+=*§«»°0123456789\u00a0\u2011"


def ordered_by_database(texts):
    """The texts as the database in use puts them into order."""
    ContentType.objects.bulk_create(
        ContentType(app_label="order", model=text) for text in dict.fromkeys(texts)
    )
    rows = ContentType.objects.filter(app_label="order").order_by(Collate("model", COLLATION))
    return list(rows.values_list("model", flat=True))


def shuffled(texts):
    mixed = sorted(texts)
    random.Random(7).shuffle(mixed)
    return mixed


def words_of(alphabet, count, longest):
    """Words that differ little, where all levels of the order must work."""
    chance = random.Random(11)
    words = {"".join(chance.choices(alphabet, k=chance.randint(1, longest))) for _ in range(count)}
    return sorted(words | {unicodedata.normalize("NFD", word) for word in list(words)[::3]})


LISTS = {
    "provinces": TEXTS["sort"]["provinces_in_order"],
    "tones": TEXTS["sort"]["tones"],
    "units": [
        *case("01")["members"],
        *case("04")["members"],
        *case("06")["members"],
        *[name["name"] for name in TEXTS["long_names"]],
        "sở Xây dựng",
        "SỞ XÂY DỰNG",
        "Sở Y tế",
    ],
    "short words": words_of(ALPHABET, 1500, 4),
    "one word": words_of("aAàáâấ b", 400, 6),
    "signs": words_of(ALPHABET + SIGNS, 1500, 5),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_the_database_orders_as_the_key_does(name):
    assert ordered_by_database(shuffled(LISTS[name])) == sorted(set(LISTS[name]), key=sort_key)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["provinces", "tones"])
def test_the_database_orders_as_the_dictionary_does(name):
    assert ordered_by_database(shuffled(LISTS[name])) == LISTS[name]


@pytest.mark.django_db
def test_the_order_has_one_name_on_both_databases():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 'Đ' COLLATE \"{COLLATION}\" > 'Dz'")
        assert bool(cursor.fetchone()[0]) is True


@pytest.mark.parametrize("name", ["provinces", "tones"])
def test_sort_key_gives_the_order_of_the_dictionary(name):
    assert sorted(shuffled(LISTS[name]), key=sort_key) == LISTS[name]
    assert sorted(shuffled(LISTS["provinces"])) == TEXTS["sort"]["by_code_point_instead"]


@given(st.lists(st.text(ALPHABET + SIGNS, max_size=8), min_size=3, max_size=8))
def test_compare_is_an_order(texts):
    ordered = sorted(texts, key=sort_key)
    assert [compare(one, other) for one, other in pairwise(ordered)] == [
        -1 if one != other else 0 for one, other in pairwise(ordered)
    ]
    assert [compare(other, one) for one, other in pairwise(ordered)] == [
        1 if one != other else 0 for one, other in pairwise(ordered)
    ]
