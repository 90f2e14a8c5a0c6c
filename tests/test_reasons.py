import pytest

from geomap.models import Lang
from geomap.reasons import CLAUSES, join_clauses, say_clause, translate_reason

BOTH: tuple[Lang, Lang] = ("de", "en")


@pytest.mark.parametrize("key", CLAUSES)
def test_every_clause_goes_from_one_language_to_the_other(key: str) -> None:
    german, english = (say_clause(key, lang, "Al-Bab") for lang in BOTH)
    assert german != english
    assert translate_reason(german, "en") == english
    assert translate_reason(english, "de") == german
    assert translate_reason(german, "de") == german


@pytest.mark.parametrize("name", ["Tadmur", "”; “", "{name}", "a; only", "Ort\nOrt"])
def test_several_clauses_and_odd_names(name: str) -> None:
    keys = ("variant", "several", "country", "near")
    german, english = (join_clauses(*(say_clause(k, lang, name) for k in keys)) for lang in BOTH)
    if "\n" not in name:
        assert translate_reason(german, "en") == english
        assert translate_reason(english, "de") == german


def test_a_service_that_could_not_be_asked() -> None:
    said = join_clauses(say_clause("unknown", "de"), say_clause("not_asked", "de", "photon"))
    wanted = "no place of that name in the gazetteer; photon could not be asked"
    assert translate_reason(said, "en") == wanted


@pytest.mark.parametrize("own", ["", "geprüft von Hand", "the only place of that name, I think"])
def test_words_of_others_stay(own: str) -> None:
    assert translate_reason(own, "en") == own
    assert translate_reason(own, "de") == own


def test_long_words_of_others_take_no_time() -> None:
    long = "nur „" * 200_000
    assert translate_reason(long, "en") == long
