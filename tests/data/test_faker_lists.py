"""Word lists from Faker."""

import pytest

from moregrad.data import read_corpus
from moregrad.data.faker_lists import DRAWS
from moregrad.errors import SourceError


def test_a_provider_that_picks_from_a_list_gives_the_whole_list():
    from faker.providers.address.de_DE import Provider

    corpus = read_corpus("faker:city:de_DE")
    assert corpus.words.to_list() == list(dict.fromkeys(Provider.cities))
    assert corpus.origin.startswith("the whole list of city in faker.providers.address.de_DE, Faker ")


def test_weighted_and_merged_lists_are_whole_as_well():
    from faker.providers.person.en_IN import Provider

    corpus = read_corpus("faker:first_name:en_IN")
    assert set(corpus.words) == {name.strip() for name in Provider.first_names}
    assert len(corpus) > 300


def test_a_provider_that_composes_gives_many_draws_always_the_same(monkeypatch):
    monkeypatch.setattr("moregrad.data.faker_lists.DRAWS", 500)
    corpus = read_corpus("faker:company:en_US")
    assert len(corpus) > 400
    assert corpus.origin.startswith("500 draws with seed 0 of company in faker.providers.company.en_US")
    assert corpus.fingerprint == read_corpus("faker:company:en_US").fingerprint
    assert DRAWS == 30_000


def test_a_locale_without_its_own_list_says_whose_list_it_is():
    assert "faker.providers.person.en_US" in read_corpus("faker:first_name:en_AU").origin


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("faker:citty:de_DE", "no provider 'citty'; did you mean 'city'"),
        ("faker:first_names:de_DE", "did you mean 'first_name'"),
        ("faker:city:de_De", "no locale 'de_De'; did you mean 'de_DE'"),
        ("faker:city", "write faker:PROVIDER:LOCALE"),
        ("faker:date_time:en_US", "gives datetime, not text"),
        ("faker:enum:en_US", "fails: .*enum_cls"),
    ],
)
def test_what_faker_has_not_is_refused_with_the_nearest_that_it_has(source, complaint):
    with pytest.raises(SourceError, match=complaint):
        read_corpus(source)
