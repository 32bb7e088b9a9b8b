"""Two versions of a draft as one Word document with tracked changes.

Accepting everything gives the new text, rejecting everything the old one. Tracked changes that were there before keep
their authors. There is no move markup: some versions of Word report it as unreadable; a move reads as a deletion and an
insertion, and the comparison table names it.
"""

from __future__ import annotations

from feedback_synth.datamodel.comparison import Comparison
from feedback_synth.languages.text import match_key
from feedback_synth.packages import zipped
from feedback_synth.reports.redline.marks import Maker
from feedback_synth.reports.redline.package import load, with_body
from feedback_synth.reports.redline.pictures import Adoption
from feedback_synth.reports.redline.weave import Weaver

AUTHOR = "feedback-synth"
_SHORT = 25  # characters; shorter texts stand in many places


def render(old: bytes, new: bytes, comparison: Comparison | None = None, author: str = AUTHOR) -> bytes:
    """The .docx of ``new`` with every difference from ``old`` tracked. UnreadableDocumentError if one is no .docx.

    Headers, footers, notes and styles are those of the new version. Changes carry no date, so equal inputs give equal
    bytes.
    """
    names = (comparison.old.name, comparison.new.name) if comparison else ("The old version", "The new version")
    before, after = load(old, names[0]), load(new, names[1])
    pictures = Adoption(before)
    weaver = Weaver(
        own=Maker(author),
        old_digest=before.digest,
        new_digest=after.digest,
        known_styles=after.ids("styles.xml", "style", "styleId"),
        known_lists=after.ids("numbering.xml", "num", "numId"),
        hints=_hints(comparison),
        adopt=pictures.adopt,
    )
    parts = with_body(after, weaver.container(before.body, after.body))
    return zipped(pictures.extend(parts, after.main))


def _hints(comparison: Comparison | None) -> dict[str, str]:
    """Old words and the new words they became, where both are long enough to be told from others."""
    changes = comparison.changes if comparison else ()
    pairs = ((match_key(c.old_text), match_key(c.new_text)) for c in changes if c.kind == "modified")
    return {old: new for old, new in pairs if len(old) > _SHORT and len(new) > _SHORT}
