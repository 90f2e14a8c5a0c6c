"""What to ask the gazetteer for a toponym as it stands in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.models import Lang

_APOSTROPHE_S = re.compile(r"[’'](?:s|S)?$")
_GENITIVE = re.compile(r"(?<=[^\W\d_]{3})s$")
_ARTICLE = {
    "de": re.compile(r"^(?:der|die|das|dem|den|des)\s+", re.I),
    "en": re.compile(r"^the\s+", re.I),
}
# The weak and strong endings of adjectives inside names: "im Weißen Haus", "dem Roten Meer".
_DECLINED = re.compile(r"\b([A-ZÄÖÜ]\w{2,})(en|em|er|es|e)\b(?=\s+[A-ZÄÖÜ])")
_ENDINGS = ("es", "er", "e", "en")


def name_forms(text: str, lang: Lang) -> list[str]:
    """Return the spellings to look up, likeliest first: as it stands, then base forms.

    >>> name_forms("Jordaniens", "de")
    ['Jordaniens', 'Jordanien']
    """
    text = " ".join(text.split())
    forms = dict.fromkeys(form for form in _forms(text, lang) if form)
    return list(forms)


def base_spellings(text: str, lang: Lang) -> list[str]:
    """Return what to ask a service that mends spellings itself: without the article, then the "s".

    >>> base_spellings("die Jordaniens", "de")
    ['Jordaniens', 'Jordanien']
    """
    bare = _ARTICLE[lang].sub("", " ".join(text.split()))
    base = _APOSTROPHE_S.sub("", bare)
    if lang == "de":
        base = _GENITIVE.sub("", base)
    return [form for form in dict.fromkeys((bare, base)) if form]


def _forms(text: str, lang: Lang) -> Iterator[str]:
    yield text
    bare = _ARTICLE[lang].sub("", text)
    yield bare
    yield _APOSTROPHE_S.sub("", bare)
    if lang == "de":
        yield from _german_forms(bare)


def _german_forms(text: str) -> Iterator[str]:
    without_s = _GENITIVE.sub("", text)
    for base in dict.fromkeys((text, without_s)):
        yield base
        if _DECLINED.search(base):
            for ending in _ENDINGS:
                yield _DECLINED.sub(rf"\g<1>{ending}", base)
    if text.endswith("es"):
        yield text[:-2]
