"""Which language a text is in: German and English are read, everything else is refused by name."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, get_args

from geomap.errors import UnsupportedLanguageError
from geomap.models import Lang

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Function words that tell the two languages from each other and from their neighbours. They decide
# the clear cases in a millisecond; loading the identifier takes more than a second.
_FUNCTION_WORDS: dict[Lang, frozenset[str]] = {
    "de": frozenset(
        "der die das und nicht auf mit dem den des von sich ist ein eine einer einem einen im zu "
        "bei nach aus wurde wurden sei seien werden haben hat auch als für über am zum zur".split()
    ),
    "en": frozenset(
        "the of and to in was were that for on with said by from at is has have had been are it "
        "his their this after not but who which would an".split()
    ),
}
_SAMPLE_CHARS = 20_000
_CLEAR_SHARE = 0.18
_CLEAR_MARGIN = 4
_MIN_WORDS = 20
_MIN_PROBABILITY = 0.60
# The pipelines that spaCy publishes for other languages, by ISO 639-1.
_PIPELINES = {
    "zh": "zh_core_web_md",
    **{
        lang: f"{lang}_core_news_md"
        for lang in "ca da el es fi fr hr it ja ko lt mk nb nl pl pt ro ru sl sv uk".split()
    },
}
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str, source: str) -> Lang:
    """Return the language of ``text``; raises UnsupportedLanguageError naming ``--lang``."""
    sample = text[:_SAMPLE_CHARS]
    return _by_function_words(sample) or _by_identifier(sample, source)


def _by_function_words(sample: str) -> Lang | None:
    words = Counter(word.lower() for word in _WORD.findall(sample))
    total = words.total()
    if total < _MIN_WORDS:
        return None
    german, english = (sum(words[w] for w in _FUNCTION_WORDS[lang]) for lang in ("de", "en"))
    most, least = max(german, english), min(german, english)
    if most < _CLEAR_SHARE * total or most < _CLEAR_MARGIN * least:
        return None
    return "de" if german > english else "en"


def _by_identifier(sample: str, source: str) -> Lang:
    ranking = _identifier().rank(sample)
    lang, probability = ranking[0]
    if lang in get_args(Lang):
        return "de" if lang == "de" else "en"
    probabilities = dict(ranking)
    if probability < _MIN_PROBABILITY:
        # Headlines are too short to be sure; German full of names often reads as Luxembourgish.
        return "de" if probabilities.get("de", 0.0) >= probabilities.get("en", 0.0) else "en"
    message = (
        f"seems to be in language {lang!r}; geomap reads German and English (if it is one of them,"
        f" say so: --lang de or --lang en){name_way_out(lang)}"
    )
    raise UnsupportedLanguageError(message, source=source, lang=lang)


def name_way_out(lang: str) -> str:
    """Return, after a full stop, what to do with a text in another language than ours."""
    model = _PIPELINES.get("nb" if lang == "no" else lang)
    if model is None:
        return ". Translate it first"
    return (
        f". To have only its place names found and placed, install spaCy's {model} and say"
        f" --lang en --model {model}"
    )


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
