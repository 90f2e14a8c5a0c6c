"""Place names that stand for something else: a people, a person, an organisation, a ship."""

from __future__ import annotations

from geomap.models import Toponym
from geomap.recognition.rules.annotation import Annotation

_QUOTES = frozenset("\"'„“”‚‘’»«")


def reject_demonyms(annotation: Annotation) -> None:
    """Relabel adjectives and names of peoples ("syrische", "Donezker Front")."""
    for name in annotation.places():
        first, last = annotation.range(name)
        if last - first == 1 and _is_demonym(annotation, name, last):
            annotation.relabel(name, "DEMONYM")


def _is_demonym(annotation: Annotation, name: Toponym, following: int) -> bool:
    knowledge = annotation.knowledge
    if knowledge.kind_of_name(name.text) == "area":
        return False  # "Schweden" is a people too: the tagger has read which is meant.
    if knowledge.is_demonym(name.text):
        base = name.text.removesuffix("s")
        genitive = base != name.text and not knowledge.is_demonym(base)
        return not (genitive and knowledge.is_major(base))
    if knowledge.lang != "de" or not name.text.endswith("er"):
        return False
    after = annotation.passage.word(following)
    stem = name.text.removesuffix("er")
    derived = any(knowledge.is_prominent(form) for form in (stem, f"{stem}en", f"{stem}e"))
    return after[:1].isupper() and derived and not knowledge.is_prominent(name.text)


def reject_persons(annotation: Annotation) -> None:
    """Relabel a place name that is the surname after a given name or a person's name."""
    for name in annotation.places():
        first, _ = annotation.range(name)
        before = annotation.owner(first - 1)
        given = annotation.passage.word(first - 1) in annotation.lexicon.given_names
        if before is not None and before.label == "PER":
            _merge(annotation, before, name)
        elif before is None and given and not _is_known_together(annotation, name, first):
            annotation.add_span(annotation.passage.tokens[first - 1].start, name.end, "PER")


def _is_known_together(annotation: Annotation, name: Toponym, first: int) -> bool:
    start = annotation.passage.tokens[first - 1].start
    return annotation.knowledge.is_prominent(annotation.passage.text[start : name.end])


def _merge(annotation: Annotation, person: Toponym, place: Toponym) -> None:
    if not annotation.passage.text[person.end : place.start].strip():
        annotation.add_span(person.start, place.end, "PER", person.score)


def reject_organisations(annotation: Annotation) -> None:
    """Relabel a place name after "Universität" or before "Times" as part of an organisation."""
    for name in annotation.places():
        if name.text.lower().replace(" ", "_") in annotation.lexicon.organisations:
            annotation.relabel(name, "ORG")
            continue
        first, last = annotation.range(name)
        head = _find_head(annotation, first)
        tail = _find_tail(annotation, last)
        if head is not None:
            annotation.mark(head, last, "ORG")
        elif tail is not None:
            annotation.mark(first, tail, "ORG")


def _find_head(annotation: Annotation, first: int) -> int | None:
    """Return the index of an organisation's word before a name: "Universität", "University of"."""
    word = annotation.passage.word
    if word(first - 1) == "of" and word(first - 2) in {"'s", "’s"}:
        return max(first - 3, 0)
    index = first - 2 if word(first - 1) == "of" else first - 1
    before = word(index)
    capital = before[:1].isupper() and before.lower() in annotation.lexicon.organisation_heads
    return index if capital and annotation.label(index) in {"", "ORG"} else None


def _find_tail(annotation: Annotation, last: int) -> int | None:
    """Return the end of a name that goes on with an organisation's word: "Aleppo Today"."""
    word = annotation.passage.word
    if word(last - 1) in {"'s", "’s"}:
        return None
    end = last
    while end - last < 3 and word(end)[:1].isupper() and annotation.label(end) in {"", "ORG"}:
        end += 1
        if word(end - 1).lower() in annotation.lexicon.organisation_tails:
            return end
    return None


def reject_vessels(annotation: Annotation) -> None:
    """Relabel a place name after "Fregatte" or "USS", quoted or not."""
    for name in annotation.places():
        first, _ = annotation.range(name)
        index = first - 1
        if annotation.passage.word(index) in _QUOTES:
            index -= 1
        if annotation.passage.word(index).lower() in annotation.lexicon.vessel_words:
            annotation.relabel(name, "MISC")


def reject_calendar_words(annotation: Annotation) -> None:
    """Take out months and days of the week."""
    for name in annotation.places():
        if name.text.lower() in annotation.lexicon.calendar_words:
            annotation.remove(name)


def reject_unknown_openers(annotation: Annotation) -> None:
    """Take out a word no gazetteer knows at the start of a sentence: its capital says nothing."""
    knowledge = annotation.knowledge
    if knowledge.places is None:
        return
    for name in annotation.places():
        first, last = annotation.range(name)
        opens = annotation.passage.word(first - 1) in {"", ".", "!", "?", ":"} | _QUOTES
        single = last - first == 1 and not name.text.isupper()
        if opens and single and not knowledge.is_findable(name.text):
            annotation.remove(name)
