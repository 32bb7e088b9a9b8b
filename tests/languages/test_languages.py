import pytest

from feedback_synth import languages
from feedback_synth.errors import ConfigError


def test_the_three_languages_of_the_product_exist() -> None:
    assert set(languages.codes()) >= {"vi", "fr", "en"}


@pytest.mark.parametrize("code", languages.codes())
def test_every_language_fills_in_the_form(code: str) -> None:
    language = languages.get(code)
    assert language.code == code
    assert language.decimal not in language.thousands
    assert len(language.months) in (0, 12)
    assert all(word == word.lower() for word in language.stop_words | language.abbreviations)


def test_an_unknown_language_is_refused_with_those_that_exist() -> None:
    with pytest.raises(ConfigError, match="vi"):
        languages.get("xx")
