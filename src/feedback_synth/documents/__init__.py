"""Files in, Documents out. One reader per format in readers/."""

from feedback_synth.documents._door import read, read_all
from feedback_synth.documents._files import collect

__all__ = ["collect", "read", "read_all"]
