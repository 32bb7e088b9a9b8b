"""Files in, Documents out. One reader per format in readers/."""

from feedback_synth.documents._door import read, read_all
from feedback_synth.documents._files import collect
from feedback_synth.documents._threads import without_repeats
from feedback_synth.documents._views import segments_of, view

__all__ = ["collect", "read", "read_all", "segments_of", "view", "without_repeats"]
