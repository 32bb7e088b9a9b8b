"""Whose opinions a speaker sides with ("đồng tình với ý kiến của đồng chí A")."""

from __future__ import annotations

from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages import names
from feedback_synth.languages.text import tokens
from feedback_synth.opinions import lexicon

_REACH = 140  # characters behind the words of support in which the supported speaker is named


def supported(text: str, code: str, earlier: list[Opinion]) -> tuple[str, ...]:
    """Ids of the earlier opinions of the speaker or body that ``text`` sides with; empty if it names none.

    Of several opinions of that speaker those are meant that share words with what follows; else all.
    """
    cue = lexicon.find(code, "speech.support", text)
    if cue is None:
        return ()
    named = text[cue.end : cue.end + _REACH]
    theirs = [o for o in earlier if _is_named(o, named)]
    topic = {w for w in tokens(text[cue.end :]) if len(w) > 3}
    near = [o for o in theirs if len(topic & set(tokens(o.text))) >= 3]
    return tuple(o.id for o in near or theirs)


def _is_named(opinion: Opinion, named: str) -> bool:
    body = names.key(opinion.author.organization)
    return names.mentions(named, opinion.author.name) or bool(body and f" {body} " in f" {names.key(named)} ")
