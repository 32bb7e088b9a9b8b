"""Where minutes turn: the moderator's lines, the answers of the drafters, the lead-ins of discussion and conclusion."""

from __future__ import annotations

import re

from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import authors, kinds, lexicon, persons, turns
from feedback_synth.opinions.deadlines import deadline

_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_ARTICLE = re.compile(r"(?:the|la|le|l['’])\s*", re.IGNORECASE)
_SUMMING = 60  # characters of thanks before the chair sums up


def concludes(text: str, code: str) -> bool:
    """ "… kết luận như sau:": the line after which the chair's orders stand."""
    if not text.rstrip().endswith(":"):
        return False
    cue = lexicon.find(code, "minutes.conclusion", text) or lexicon.find(code, "section.conclusion", text)
    return cue is not None and cue.end >= len(text.rstrip(" :")) - 30


def moderates(text: str, code: str) -> bool:
    """The moderator gives the floor: "Moderator: Next please", "Chair (Ms A, Head of B): …"."""
    head = _BRACKET.sub("", authors.without_lead(text.partition(": ")[0], code))
    return len(head) < 40 and lexicon.equals(code, "person.moderator", head)


def sums_up(text: str, code: str) -> bool:
    """ "Chair: I conclude. …": what the moderator says from there on are the orders of the meeting."""
    said = text.partition(": ")[2]
    cue = lexicon.find(code, "minutes.summing_up", said)
    return cue is not None and cue.start < _SUMMING


def calls_to_present(text: str, code: str) -> bool:
    """ "Chair: … I invite the Department of B to present the drafts": who speaks next presents them."""
    said = text.partition(": ")[2]
    call = lexicon.find(code, "minutes.calling", said)
    return call is not None and lexicon.find(code, "minutes.presenting", said[call.end :]) is not None


def is_drafter(author: Author, code: str) -> bool:
    named = (author.organization, author.title)
    return any(part and lexicon.starts(code, "speech.drafters", part) for part in named)


def answers(text: str, code: str) -> bool:
    """Somebody answers in the discussion: "Ông A giải đáp: …", "The drafting team replied that …"."""
    cue = lexicon.find(code, "speech.answering", text[:110])
    if cue is None or cue.start < 3:
        return False
    subject = authors.without_lead(text[: cue.start], code)
    named = persons.honorific(subject, code) or lexicon.starts(code, "speech.drafters", subject)
    named = named or turns.turn(text, code) is not None
    if text[cue.end :].lstrip().startswith(":"):  # "Forestry dept answers: …"
        named = named or lexicon.find(code, "person.body", subject) is not None
    named = named or turns.is_body(subject.strip(), code)
    asked = any(lexicon.find(code, f"request.{name}", subject) for name in ("performative", "modal"))
    return bool(named) and not asked


def replies(said: str, code: str) -> bool:
    """Whether somebody who presented the drafts answers for them: he says so, or asks and criticises nothing."""
    if lexicon.find(code, "speech.answering", said):
        return True
    return not any(kinds.judge(said[a:b], code).kind in kinds.OPINIONS for a, b in sentences(said, code))


def orders(text: str, code: str) -> bool:
    """ "Trưởng thôn giao cô A nộp biên bản trước ngày …": whoever leads the meeting gives somebody there a task with a
    date; what he asks of bodies is an opinion.
    """
    plain = _ARTICLE.sub("", text)
    office = lexicon.starts(code, "person.moderator", plain) or lexicon.starts(code, "person.title", plain)
    rest = plain[office.end :].lstrip() if office else ""
    lead = lexicon.starts(code, "directive.lead", rest)
    called = lead is not None and persons.honorific(rest[lead.end :].lstrip(), code) > 0
    return called and deadline(text, code, "") != ""


def announces(text: str, code: str) -> bool:
    """ "Bà con phát biểu như sau:": the line after which minutes without headings give the opinions."""
    if not text.rstrip().endswith(":") or len(text.split()) > 40:
        return False
    return any(lexicon.find(code, name, text) for name in ("section.discussion", "minutes.discussing"))
