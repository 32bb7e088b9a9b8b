"""From a document to what people said in it: passages with roles, opinions, agreements, directives."""

from feedback_synth.opinions.completing import complete
from feedback_synth.opinions.extraction import extract
from feedback_synth.opinions.telling import author, understood
from feedback_synth.opinions.unheard import unheard

__all__ = ["author", "complete", "extract", "understood", "unheard"]
