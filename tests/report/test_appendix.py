from overheard.report import render_report
from tests.report.make_findings import make_findings, make_settings
from tests.report.reading import pages_of


def make_page(**changes):
    return pages_of(render_report(make_findings(**changes)))["method.html"]


def test_the_appendix_tells_every_number_the_report_was_made_with():
    settings = make_settings(pains={"minimum_people": 7}, privacy={"smallest_group": 4})
    words = make_page(settings=settings).words
    assert "minimum_people 7" in words
    assert "smallest_group 4" in words


def test_names_of_staff_in_the_settings_are_counted_and_not_told():
    words = make_page(settings=make_settings(people={"staff": ["Ines Calder", "Bo Lindqvist"]})).words
    assert "staff 2 named" in words
    assert "Calder" not in words


def test_terms_of_a_source_are_told_or_told_to_be_missing():
    source = {"kind": "pages", "files": "a/*.html"}
    sources = [source | {"name": "apiary", "terms": "CC BY-SA 4.0"}, source | {"name": "smokers"}]
    words = make_page(settings=make_settings(source=sources)).words
    assert "apiary saved forum pages CC BY-SA 4.0" in words
    assert "smokers saved forum pages not written down" in words


def test_what_a_site_allows_and_when_it_was_last_asked_is_told():
    source = {"kind": "web", "name": "apiary", "urls": ["https://apiary.example/t/1"]}
    settings = make_settings(source=[source, {"kind": "pages", "files": "a/*.html", "name": "smokers"}])
    words = make_page(settings=settings, asked_of={"apiary": ("robots.txt obeyed", "2026-06-01")}).words
    assert "not written down robots.txt obeyed 1 June 2026" in words
    assert "not fetched: your own files" in words


def test_versions_are_told():
    assert "spacy 3.8.0" in make_page(versions={"spacy": "3.8.0"}).words


def test_the_first_page_keeps_the_method_short_and_leads_to_the_whole():
    pages = pages_of(render_report(make_findings()))
    assert "method.html" in {link["href"] for link in pages["index.html"].all("a")}
    assert len(pages["index.html"].all("dt")) < len(pages["method.html"].all("dt"))
