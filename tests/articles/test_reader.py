from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest

from geomap.articles import RecordObject, expand_inputs, read_articles, read_inputs
from geomap.errors import (
    BinaryInputError,
    EmptyInputError,
    GeomapError,
    InputError,
    InputTooLongError,
    RecordError,
    UnsupportedLanguageError,
)
from geomap.models import Article
from geomap.settings import Settings

GERMAN = (
    "Bei Kämpfen um die Stadt sind am Montag nach Angaben der Armee drei Menschen getötet worden."
)
ENGLISH = "At least three people were killed on Monday when rockets hit the city, the army said."


def read(
    path: Path | str, settings: Settings | None = None
) -> tuple[list[Article], list[GeomapError]]:
    errors: list[GeomapError] = []
    articles = list(read_articles([str(path)], settings or Settings(), errors.append))
    return articles, errors


def only(path: Path, settings: Settings | None = None) -> Article:
    articles, errors = read(path, settings)
    assert not errors
    assert len(articles) == 1
    return articles[0]


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "iso8859-15", "utf-16", "utf-16-le", "utf-32"]
)
def test_any_common_encoding_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    text = GERMAN.replace("Stadt", "Straße – „Königsplatz“" if "iso" not in encoding else "Straße")
    data = text.encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    assert only(write(tmp_path, "a.txt", data)).text == text


def test_line_ends_become_line_feeds(tmp_path: Path) -> None:
    article = only(write(tmp_path, "a.txt", f"Titel\r\n\r\n{GERMAN}\rEnde"))
    assert article.text == f"Titel\n\n{GERMAN}\nEnde"


@pytest.mark.parametrize(
    ("text", "lang"), [(GERMAN, "de"), (ENGLISH, "en"), ("Angriff auf Kiew", "de")]
)
def test_language_is_detected(tmp_path: Path, text: str, lang: str) -> None:
    assert only(write(tmp_path, "a.txt", text)).lang == lang


def test_other_languages_are_refused_unless_stated(tmp_path: Path) -> None:
    french = (
        "Le président a déclaré hier à Paris que la guerre ne pouvait pas continuer et que les "
        "négociations devaient reprendre dès la semaine prochaine avec tous les partenaires."
    )
    path = write(tmp_path, "a.txt", french)
    articles, errors = read(path)
    assert not articles
    assert isinstance(errors[0], UnsupportedLanguageError)
    assert "--lang en --model fr_core_news_md" in str(errors[0])
    assert only(path, Settings(lang="en")).lang == "en"


def test_no_pipeline_is_named_where_there_is_none(tmp_path: Path) -> None:
    arabic = "قال الرئيس أمس في بغداد إن الحرب لا يمكن أن تستمر وإن المفاوضات يجب أن تستأنف قريبا"
    _, errors = read(write(tmp_path, "a.txt", arabic))
    assert "Translate it first" in str(errors[0])
    assert "--model" not in str(errors[0])


def test_headline_is_the_title_and_stays_in_the_text(tmp_path: Path) -> None:
    article = only(write(tmp_path, "a.txt", f"Kämpfe um die Stadt\n\n{GERMAN}\n"))
    assert article.title == "Kämpfe um die Stadt"
    assert article.text.startswith("Kämpfe um die Stadt\n\nBei")


@pytest.mark.parametrize("first", [GERMAN, "Damaskus. ."])
def test_a_sentence_or_a_dateline_is_no_title(tmp_path: Path, first: str) -> None:
    assert only(write(tmp_path, "a.txt", f"{first}\n\n{GERMAN}")).title is None


@pytest.mark.parametrize(
    ("name", "data", "kind", "says"),
    [
        ("a.txt", b"", EmptyInputError, "is empty"),
        ("a.txt", b" \n\t\n", EmptyInputError, "is empty"),
        ("a.pdf", b"%PDF-1.7 ...", BinaryInputError, "pdftotext"),
        ("a.docx", b"PK\x03\x04 word/document.xml", BinaryInputError, "pandoc"),
        ("a.rtf", b"{\\rtf1 Hallo}", BinaryInputError, "plain text"),
        ("a.gz", b"\x1f\x8b\x08\x00", BinaryInputError, "gunzip"),
        ("a.txt", bytes(range(256)) * 20, InputError, ""),
        ("a.html", b"<html><body></body></html>", EmptyInputError, "no article text"),
    ],
)
def test_unusable_inputs_say_what_to_do(
    tmp_path: Path, name: str, data: bytes, kind: type[InputError], says: str
) -> None:
    articles, errors = read(write(tmp_path, name, data))
    assert not articles
    assert len(errors) == 1
    assert isinstance(errors[0], kind)
    assert says in str(errors[0])
    assert "\n" not in str(errors[0])
    assert name in str(errors[0])


def test_limit_is_configurable(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", GERMAN)
    _, errors = read(path, Settings(max_bytes=10))
    assert isinstance(errors[0], InputTooLongError)
    assert errors[0].limit == 10
    assert only(path, Settings(max_bytes=1000)).text == GERMAN


def test_missing_file_and_empty_folder(tmp_path: Path) -> None:
    errors: list[GeomapError] = []
    good = str(write(tmp_path / "..", "good.txt", GERMAN))
    missing = str(tmp_path / "nothing.txt")
    assert expand_inputs([missing, str(tmp_path), good], errors.append) == [good]
    assert "nothing.txt: no such file" in str(errors[0])
    assert "folder holds no" in str(errors[1])


def test_an_unreadable_name_is_reported(tmp_path: Path) -> None:
    errors: list[GeomapError] = []
    assert expand_inputs([str(tmp_path / ("x" * 300))], errors.append) == []
    assert "cannot be read (File name too long)" in str(errors[0])


def test_folders_and_globs_are_expanded_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.pdf", "sub/d.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path, name, GERMAN)
    names = [Path(p).name for p in expand_inputs([str(tmp_path)], pytest.fail)]
    assert names == ["a.txt", "b.txt", "d.html"]
    names = [Path(p).name for p in expand_inputs([str(tmp_path / "*.txt")], pytest.fail)]
    assert names == ["a.txt", "b.txt"]


def test_same_stem_gets_its_own_id(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    paths = [str(write(tmp_path, "a.txt", GERMAN)), str(write(tmp_path / "x", "a.txt", GERMAN))]
    articles = list(read_articles(paths, Settings(), pytest.fail))
    assert [a.id for a in articles] == ["a", "a-2"]


PAGE = """<!DOCTYPE html><html lang="de"><head><title>Kämpfe um Aleppo</title>
<meta property="og:site_name" content="Beispielblatt">
<meta name="author" content="Erika Muster">
<link rel="canonical" href="https://example.org/a1">
{meta}</head><body><nav><a href="/2026">Archiv 2026</a></nav>
<article><h1>Kämpfe um Aleppo</h1><p>{text}</p><p>{text} Das berichtet die Agentur.</p></article>
<footer>Impressum 2026</footer></body></html>"""


def test_saved_page_gives_text_and_metadata(tmp_path: Path) -> None:
    meta = '<meta property="article:published_time" content="2016-11-28T10:00:00Z">'
    article = only(write(tmp_path, "p.html", PAGE.format(meta=meta, text=GERMAN * 3)))
    assert GERMAN in article.text
    assert "Impressum" not in article.text
    assert article.title == "Kämpfe um Aleppo"
    assert article.published == date(2016, 11, 28)
    assert article.source.url == "https://example.org/a1"
    assert article.source.publisher == "Beispielblatt"
    assert article.source.author == "Erika Muster"


def test_no_date_is_invented_from_navigation(tmp_path: Path) -> None:
    article = only(write(tmp_path, "p.html", PAGE.format(meta="", text=GERMAN * 3)))
    assert article.published is None


def test_page_in_a_declared_legacy_encoding(tmp_path: Path) -> None:
    page = PAGE.format(meta='<meta charset="windows-1252">', text=GERMAN * 3)
    article = only(write(tmp_path, "p.html", page.encode("cp1252")))
    assert "Kämpfen" in article.text


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        {
            "id": "x",
            "text": GERMAN,
            "published": "2020-02-03",
            "title": "T",
            "url": "https://e.org",
        },
        {"text": ENGLISH, "lang": "en"},
    ]
    path = write(tmp_path, "a.jsonl", "\n".join(map(json.dumps, lines)))
    articles, errors = read(path)
    assert not errors
    assert [(a.id, a.lang) for a in articles] == [("x", "de"), ("a-2", "en")]
    assert articles[0].published == date(2020, 2, 3)
    assert articles[0].source.url == "https://e.org"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{not json", "is not JSON"),
        ("[1]", "not a JSON object"),
        ('{"id": "x"}', "has no 'text'"),
        ('{"text": 5}', "must be a string"),
        ('{"text": "  "}', "is empty"),
        ('{"text": "Hallo Welt", "published": "gestern"}', "must be a date"),
        ('{"text": "Hallo Welt", "published": "31.2.2015"}', "must be a date"),
        ('{"text": "Hallo Welt", "published": "1.9.20155"}', "must be a date"),
        ('{"text": "Bonjour", "lang": "fr"}', "not read"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path, line: str, says: str) -> None:
    path = write(tmp_path, "a.jsonl", f"{line}\n" + json.dumps({"text": GERMAN}))
    articles, errors = read(path)
    assert len(articles) == 1
    assert len(errors) == 1
    assert "line 1" in str(errors[0])
    assert says in str(errors[0])


@pytest.mark.parametrize(
    "written", ["2015-09-01", "2015-09-01T14:30:00Z", "1.9.2015", "01.09.2015 14:30"]
)
def test_a_day_may_be_written_as_german_tables_do(tmp_path: Path, written: str) -> None:
    line = {"text": GERMAN, "published": written}
    assert only(write(tmp_path, "a.jsonl", json.dumps(line))).published == date(2015, 9, 1)


def test_given_spans_are_read_only_when_asked(tmp_path: Path) -> None:
    line = {"text": GERMAN, "toponyms": [{"start": 0, "end": 3, "lat": 1.0, "role": "event"}]}
    path = write(tmp_path, "a.jsonl", json.dumps(line))
    assert only(path).given_spans is None
    assert only(path, Settings(given_spans=True)).given_spans == ((0, 3),)


def test_given_spans_outside_the_text_are_an_error(tmp_path: Path) -> None:
    line = {"text": GERMAN, "toponyms": [{"start": 0, "end": 3000}]}
    path = write(tmp_path, "a.jsonl", json.dumps(line))
    _, errors = read(path, Settings(given_spans=True))
    assert isinstance(errors[0], RecordError)


@pytest.mark.parametrize(
    ("data", "ids"), [(GERMAN, ["stdin"]), (json.dumps({"id": "q", "text": GERMAN}), ["q"])]
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: str, ids: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    articles, errors = read("-")
    assert not errors
    assert [a.id for a in articles] == ids


def test_lone_surrogates_keep_offsets(tmp_path: Path) -> None:
    text = GERMAN + " \\ud800 Ende"
    path = write(tmp_path, "a.jsonl", json.dumps({"text": "@"}).replace("@", text))
    article = only(path)
    assert len(article.text) == len(GERMAN) + len(" x Ende")
    article.text.encode("utf-8")


@pytest.mark.parametrize("control", ["\x0c", "\x1b", "\x00", "\x0b", "\x7f", "\x85", "\x9b"])
def test_control_characters_become_spaces_one_for_one(tmp_path: Path, control: str) -> None:
    text = f"{GERMAN}{control}\tNeue Seite.\n" + "Ende. " * 200
    expected = text.replace(control, " ")
    assert only(write(tmp_path, "a.txt", text)).text == expected
    line = json.dumps({"text": text, "title": f"T{control}itel", "id": f"a{control}b"})
    article = only(write(tmp_path, "a.jsonl", line))
    assert (article.text, article.title, article.id) == (expected, "T itel", "a b")


def test_control_characters_of_a_web_page(tmp_path: Path) -> None:
    page = PAGE.format(meta="", text=f"Anfang &#155;[31m Rot. {GERMAN * 3}")
    assert "\x9b" not in only(write(tmp_path, "p.html", page)).text


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_file_holds_an_article(tmp_path: Path, indent: int | None) -> None:
    content = json.dumps({"id": "x", "text": GERMAN}, indent=indent)
    article = only(write(tmp_path, "a.json", f"\n{content}\n"))
    assert (article.id, article.text) == ("x", GERMAN)


def test_an_article_over_many_lines_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.dumps({"id": "x", "text": GERMAN}, indent=1).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    articles, errors = read("-")
    assert not errors
    assert [a.text for a in articles] == [GERMAN]


def test_a_text_in_braces_is_no_json(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{{Eilmeldung}} {GERMAN}"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    articles, errors = read("-")
    assert not errors
    assert articles[0].text == text


def test_a_broken_json_file_is_one_error_with_its_line(tmp_path: Path) -> None:
    articles, errors = read(write(tmp_path, "a.json", '{\n "id": "x",\n "text": oh\n}'))
    assert not articles
    assert [str(e).split("a.json: ")[1] for e in errors] == [
        "line 3: is not JSON (Expecting value)"
    ]


def test_a_cut_first_line_does_not_hide_the_others(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"id": "x",\n' + json.dumps({"id": "y", "text": GERMAN}))
    articles, errors = read(path)
    assert [a.id for a in articles] == ["y"]
    assert [e.line for e in errors if isinstance(e, RecordError)] == [1]


@pytest.mark.parametrize(
    ("item", "is_record"),
    [
        ({"schema": "geomap/1", "text": GERMAN}, True),
        ({"text": GERMAN, "id": "x", "schema": "geomap/1"}, True),
        ({"text": GERMAN, "schema": "geomap/99"}, True),
        ({"text": GERMAN, "schema": "Geomap/1", "made_by": {}}, True),
        ({"text": GERMAN, "schema": "other/1"}, False),
        ({"text": GERMAN, "toponyms": [], "title": '"schema": "geomap/1"'}, False),
    ],
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json"])
@pytest.mark.parametrize("indent", [None, 2])
def test_records_are_told_by_their_schema(
    tmp_path: Path, item: dict[str, object], is_record: bool, name: str, indent: int | None
) -> None:
    path = str(write(tmp_path, name, json.dumps(item, indent=indent)))
    (found,) = read_inputs([path], Settings(), pytest.fail)
    assert isinstance(found, RecordObject if is_record else Article)
    (article,) = read_articles([path], Settings(), pytest.fail)
    assert article.text == GERMAN


@pytest.mark.parametrize(
    ("toponyms", "says"),
    [
        (5, "asks for 'toponyms'"),
        (None, "asks for 'toponyms'"),
        ({"start": 0, "end": 3}, "asks for 'toponyms'"),
        ([5], "'start' and 'end' inside the text"),
        ([{"start": False, "end": True}], "'start' and 'end' inside the text"),
        ([{"start": 0, "end": 3}, {"start": 0, "end": 3}], "0–3 and 0–3 overlap"),
        ([{"start": 4, "end": 10}, {"start": 0, "end": 5}], "0–5 and 4–10 overlap"),
    ],
)
def test_unusable_spans_are_an_error(tmp_path: Path, toponyms: object, says: str) -> None:
    path = write(tmp_path, "a.jsonl", json.dumps({"text": GERMAN, "toponyms": toponyms}))
    articles, errors = read(path, Settings(given_spans=True))
    assert not articles
    assert isinstance(errors[0], RecordError)
    assert says in str(errors[0])


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_given_spans_ask_for_json_lines(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, PAGE.format(meta="", text=GERMAN * 3))
    articles, errors = read(path, Settings(given_spans=True))
    assert not articles
    assert "--given-spans asks for JSON Lines" in str(errors[0])
