import pytest

import feedback_synth.documents.readers
import feedback_synth.reports.renderers
from feedback_synth import plugins
from feedback_synth.errors import ConfigError


def test_an_unknown_plugin_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(ConfigError, match="docx"):
        plugins.load(feedback_synth.documents.readers, "hologram")


@pytest.mark.parametrize("name", plugins.names(feedback_synth.documents.readers))
def test_every_reader_has_the_signature_of_a_reader(name: str) -> None:
    reader = plugins.load(feedback_synth.documents.readers, name)
    assert reader.SUFFIXES and all(suffix.startswith(".") for suffix in reader.SUFFIXES)
    assert callable(reader.read)


@pytest.mark.parametrize("name", plugins.names(feedback_synth.reports.renderers))
def test_every_renderer_has_the_signature_of_a_renderer(name: str) -> None:
    assert callable(plugins.load(feedback_synth.reports.renderers, name).render)
