"""Generated articles: paragraphs of our own corpus put together anew, each article once.

    python benchmarks/generated.py 50000 --paragraphs 2 -o archive.jsonl

Writes JSON Lines for ``geomap batch``, the same ones every time: ids of their own, language and day
stated, no text twice. An article is made of so many paragraphs of one language, or with ``--words``
of as many as it takes to have so many words.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parents[1] / "seeds" / "corpus" / "corpus.jsonl"
SHORTEST = 12
FIRST_DAY = date(2014, 1, 1)
DAYS = 3650


def read_paragraphs() -> dict[str, list[str]]:
    """Return the paragraphs of the corpus by language; those under a dozen words are left out."""
    found: dict[str, list[str]] = {"de": [], "en": []}
    with CORPUS.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            paragraphs = record["text"].split("\n\n")
            found[record["lang"]] += [p for p in paragraphs if len(p.split()) >= SHORTEST]
    return found


def make_articles(
    *, paragraphs: int = 2, words: int = 0, lang: str | None = None
) -> Iterator[dict[str, Any]]:
    """Yield articles without end, of ``paragraphs`` each or, if given, of ``words`` at least."""
    chance = random.Random(1)
    pool = read_paragraphs()
    seen: set[int] = set()
    while True:
        spoken = lang or chance.choice(("de", "en"))
        chosen: list[str] = []
        while len(chosen) < paragraphs if not words else _count(chosen) < words:
            chosen.append(chance.choice(pool[spoken]))
        text = "\n\n".join(chosen)
        if hash(text) in seen:
            continue
        seen.add(hash(text))
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        name = f"generated-{len(seen):06d}"
        yield {"id": name, "lang": spoken, "published": day.isoformat(), "text": text}


def write_articles(path: Path, number: int, **how: Any) -> float:
    """Write so many articles; return how many words they have on average."""
    words = 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for made in islice(make_articles(**how), number):
            words += len(made["text"].split())
            stream.write(json.dumps(made, ensure_ascii=False) + "\n")
    return words / number


def _count(paragraphs: list[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)


def main() -> None:
    """Write the archive, say how long its articles are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int)
    parser.add_argument("--paragraphs", type=int, default=2)
    parser.add_argument("--words", type=int, default=0)
    parser.add_argument("--lang", choices=("de", "en"))
    parser.add_argument("-o", "--output", type=Path, required=True)
    chosen = parser.parse_args()
    how = {"paragraphs": chosen.paragraphs, "words": chosen.words, "lang": chosen.lang}
    mean = write_articles(chosen.output, chosen.number, **how)
    print(f"{chosen.output}: {chosen.number} articles of {mean:.0f} words on average")


if __name__ == "__main__":
    main()
