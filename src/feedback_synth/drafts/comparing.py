"""What changed between two drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from feedback_synth.datamodel.comparison import Change, Comparison, Gap, Pair, Version
from feedback_synth.datamodel.document import Notice
from feedback_synth.datamodel.draft import Draft
from feedback_synth.drafts import cross_references, indicator_changes, row_changes, splits
from feedback_synth.drafts.changes import Differ, unchanged_pairs
from feedback_synth.drafts.matching import Matcher
from feedback_synth.drafts.paragraphs import on_one_footing

_OF_NUMBERS = {"numbering_double": "numbering_double_in", "numbering_restarts": "numbering_restarts_in"}
_MOST = 20  # faults of the numbering told of one draft
_RELATED = 0.15  # share of paired provisions below which two texts have nothing to do with one another
_NOT_COMPARED = ("left_out", "draft_without_structure", "draft_with_tracked_changes")


def compare(old: Draft, new: Draft, draft: str = "") -> Comparison:
    """The changes from ``old`` to ``new``, provision by provision and row by row, with the aligned pairs.

    ``draft`` is the kind of draft to write into the result ("project"), "" for two files compared by themselves.
    """
    footing = on_one_footing(old, new)
    matcher = Matcher(footing.old, footing.new)
    matching = matcher.match()
    splits.find(matcher)
    matcher.match_rest()
    rows = row_changes.pair_rows(matching)
    changes = Differ(matcher).changes() + row_changes.row_changes(matching, rows) + _note_changes(old, new)
    pairs = [Pair(a.id, b.id, a.label, b.label) for a, b in unchanged_pairs(matcher)]
    changed = {c.new_id for c in changes if c.new_id and not c.table_row}
    figures = indicator_changes.find(matching, rows)
    changes = [footing.restored(c) for c in indicator_changes.attach(changes, figures)]
    return Comparison(
        draft=draft,
        old=Version(old.name, old.sha256),
        new=Version(new.name, new.sha256),
        changes=tuple(changes),
        unchanged=tuple(footing.restored_pair(p) for p in pairs if p.new_id not in changed),
        pairs=tuple(dict.fromkeys(map(footing.restored_pair, pairs))),
        indicator_changes=tuple(f.change for f in figures),
        not_compared=tuple(_gaps(old, new, len(matching.new_of))),
        notices=(*_faults(old, new), *cross_references.not_followed(matching)),
    )


def _faults(old: Draft, new: Draft) -> Iterator[Notice]:
    """What makes places uncertain (one label twice, numbers that begin anew), and pictures that differ."""
    for draft in (old, new) if old is not new else (old,):
        found = [n for n in draft.notices if n.code in _OF_NUMBERS]
        for notice in found[:_MOST]:
            yield replace(notice, code=_OF_NUMBERS[notice.code], values=(*notice.values, ("name", draft.name)))
    gone, come = Counter(old.pictures) - Counter(new.pictures), Counter(new.pictures) - Counter(old.pictures)
    if gone or come:
        yield Notice("pictures_differ", (("removed", str(gone.total())), ("added", str(come.total()))))


def _note_changes(old: Draft, new: Draft) -> list[Change]:
    """Changes of footnotes; that one got another number because of one before it is not worth a line."""
    if not old.notes and not new.notes:
        return []
    matcher = Matcher(replace(old, provisions=old.notes, rows=()), replace(new, provisions=new.notes, rows=()))
    matcher.match()
    return [c for c in Differ(matcher).changes() if c.kind not in ("renumbered", "moved")]


def _gaps(old: Draft, new: Draft, paired: int) -> list[Gap]:
    """What was not compared, or only in part; ``why`` is a code of data/labels/notices_drafts.toml."""
    gaps = [
        Gap(f"{d.name}: {dict(n.values).get('part', '')}".rstrip(": "), n.code)
        for d in (old, new)
        for n in d.notices
        if n.code in _NOT_COMPARED
    ]
    if old.language != new.language:
        gaps.append(Gap(f"{old.language} / {new.language}", "languages_differ"))
    smaller = min(len(old.provisions), len(new.provisions))
    if smaller == 0 or (smaller >= 5 and paired < _RELATED * smaller):
        gaps.append(Gap(f"{old.name} / {new.name}", "texts_unrelated"))
    return gaps
