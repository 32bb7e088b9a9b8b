"""Minutes and notes: sections, speakers, and who was there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages import names
from feedback_synth.languages.text import strip_marks
from feedback_synth.opinions import (
    asides,
    authors,
    layout,
    letters,
    lexicon,
    narrated,
    neighbours,
    own_meetings,
    passed_on,
    recordings,
    rosters,
    tables,
    turning_points,
    turns,
    working_groups,
)
from feedback_synth.opinions.stretch import UNKNOWN, Stretch, Zone, whole

_ZONES: dict[str, Zone] = {
    "opening": "procedure",
    "procedure": "procedure",
    "attendance": "attendance",
    "summary": "draft_summary",
    "discussion": "speech",
    "answer": "drafter_answer",
    "conclusion": "conclusion",
    "closed": "procedure",
}
_LEAST_SPEAKERS = 2
_LEAST_CHATTED = 3
_LEAST_ASKED = 3  # questions of a moderator that make a talk
_MOST_OPENING = 4  # turns before the heading of the discussion
_LONGEST_BODY = 12  # words
_BEFORE = ("opening", "attendance", "procedure")
_LATE = ("discussion", "answer", "conclusion", "closed")
_NUMBERED = re.compile(r"\s*\d{1,3}[.)/]")
_FORMAL = re.compile(r"^(?:[-–+•*]|\d{1,2}[.)])?\s*")


@dataclass
class _State:
    """What the reader of minutes remembers from block to block."""

    section: str = "opening"
    author: Author = UNKNOWN
    place: str = ""
    lead: str = ""
    spoke: bool = False
    each: bool = True  # so far every paragraph of the discussion opens with its speaker
    chat: bool = False
    called: bool = False  # several people are called by name
    announced: bool = False  # a heading will open the discussion: who speaks before it only opens the meeting
    roster: dict[str, Author] = field(default_factory=dict)
    presenters: set[str] = field(default_factory=set)  # given names of those who presented the drafts
    grouped: bool = False  # working groups report back
    group: str = ""  # the group that reports ("Group 1")
    rapporteur: Author = UNKNOWN
    reports: bool = False  # the moderator has asked somebody to present the drafts


def stretches(document: Document) -> list[Stretch]:
    """Every block of minutes or notes in its zone, with its speaker."""
    called = has_speakers(document)
    author = UNKNOWN if called else letters.sender(document)  # a rapporteur is not who speaks
    state = _State(chat=_is_chat(document), author=author, called=called, announced=_is_announced(document))
    talk = sum(asides.is_host(b.text, document.language) for b in document.blocks) >= _LEAST_ASKED
    found: list[Stretch] = []
    cells = tables.cells(document)
    for block in document.blocks:
        code = layout.language_of(block, document.language)
        told = [replace(s, author=_completed(s.author, state)) for s in cells.get(block.id, ())]
        found += told or _block(block, code, state)
    if community := neighbours.community(document):
        found = [neighbours.at_home(s, community, document.by_id[s.block_id].text) for s in found]
    if own := own_meetings.body(document):
        found = own_meetings.among_members(found, own)
    found = [replace(s, talk=talk and s.zone == "speech") for s in found]
    if recordings.is_recording(document):
        found = [part for s in found for part in recordings.without_codes(s, document)]
    heard = any(s.zone in ("speech", "note", "conclusion") for s in found)
    return found if heard else letters.stretches(document)  # nobody is called: one voice speaks throughout


def _is_announced(document: Document) -> bool:
    """Whether a heading opens the discussion, with a few turns before it and more behind."""
    turned: list[int] = []
    opened = -1
    for number, block in enumerate(document.blocks):
        code = layout.language_of(block, document.language)
        if opened < 0 and layout.section(block, code) == "discussion" and turns.turn(block.text, code) is None:
            opened = number
        elif block.kind not in layout.OUTSIDE and turns.turn(block.text, code):
            turned.append(number)
    before = sum(number < opened for number in turned)
    return opened >= 0 and before <= _MOST_OPENING and len(turned) > 2 * before


def _is_chat(document: Document) -> bool:
    """Whether lines open with bare names again and again; one such line may be a heading."""
    if document.kind != "notes" and not recordings.is_recording(document):
        return False
    opened = sum(turns.is_nickname(b.text, document.language) for b in document.blocks)
    return opened >= _LEAST_CHATTED


def has_speakers(document: Document) -> bool:
    """Whether several people speak in a text that looked like something else."""
    found: set[str] = set()
    for block in document.blocks:
        code = layout.language_of(block, document.language)
        said = turns.turn(block.text, code) if block.kind not in layout.OUTSIDE else None
        if said and said.author.name:
            found.add(strip_marks(said.author.name))
    return len(found) >= _LEAST_SPEAKERS or rosters.speaks(document)


def _block(block: Block, code: str, state: _State) -> list[Stretch]:
    text = block.text
    if block.kind in layout.OUTSIDE:
        return whole(block.id, text, "other", f"structure:{block.kind}")
    if block.kind == "cell":
        return whole(block.id, text, "procedure", "structure:table without opinions")
    opened = layout.section(block, code)
    reports = _reports_back(block, code, state) if opened != "groups" else []
    if reports:
        return reports
    if opened == "attendance" and state.section in _LATE:
        opened = "closed"  # the words CHAIR and SECRETARY over the signatures
    if opened == "procedure" and state.section in ("discussion", "answer") and _closes(text, code):
        opened = "conclusion"  # "4. Closing": what the chair orders stands nowhere else
    if opened and not _is_turn(block, code, state):
        state.grouped, state.group, state.rapporteur = opened == "groups", "", UNKNOWN
        opened = "discussion" if opened == "groups" else opened
        state.section, state.author, state.lead, state.place = opened, _titled(text, code), "", ""
        state.announced = state.announced and opened != "discussion"
        return whole(block.id, text, "procedure", f"structure:heading {opened}")
    if state.called and asides.is_aside(text, code):
        return whole(block.id, text, "procedure", "structure:aside")
    formal = _formal(text, code, state)
    if formal:
        return whole(block.id, text, formal, "structure:formal line")
    body = _body_heading(block, code) if state.section in (*_BEFORE, "discussion") else UNKNOWN
    if body != UNKNOWN:
        _enter_discussion(state)
        same = state.author.organization == body.organization  # the letterhead of who writes
        state.author, state.lead, state.place = state.author if same else body, "", ""
        return whole(block.id, text, "procedure", "structure:heading with a body")
    return _spoken(block, code, state)


def _closes(heading: str, code: str) -> bool:
    return lexicon.starts(code, "section.closing", layout.heading_words(heading)) is not None


def _reports_back(block: Block, code: str, state: _State) -> list[Stretch]:
    """The head of a group's report: what stands below it is said for the group by its rapporteur."""
    text = block.text
    head = working_groups.head(text, code)
    if head is None or not (head.name or state.group) or (state.section == "opening" and not state.grouped):
        return []  # at the top of notes the rapporteur is who takes them
    state.group = head.name or state.group
    if head.rapporteur != UNKNOWN:
        state.section, state.spoke, state.announced, state.grouped = "discussion", True, False, True
    if not state.grouped:
        return []
    named = _completed(head.rapporteur, state)
    state.author = state.rapporteur = named if named != UNKNOWN else Author("", "", head.name)
    state.lead = state.place = ""
    said = Stretch(block.id, head.start, len(text), "speech", "structure:turn", state.author)
    parts = whole(block.id, text[: head.start], "procedure", "structure:working group")
    return [*parts, said] if text[head.start :].strip() else parts


def _body_heading(block: Block, code: str) -> Author:
    """The body that a heading of nothing else names ("3. Xã Bình An", "Department of Health"): those below are its
    opinions."""
    words = layout.heading_words(block.text)
    if not layout.is_heading(block) or words.isupper() or len(words.split()) > _LONGEST_BODY or ":" in words:
        return UNKNOWN
    if not any(lexicon.starts(code, f"person.{kind}", words) for kind in ("body", "place")):
        return UNKNOWN
    author = authors.parse(words, code)
    return author if author.organization and not turns.turn(block.text, code) else UNKNOWN


def _titled(heading: str, code: str) -> Author:
    """The body that a heading names ("Ý kiến của Sở Tài chính"), for the opinions below it."""
    named = passed_on.announced(layout.heading_words(heading))
    author = authors.parse(named, code) if named else UNKNOWN
    return author if lexicon.starts(code, "person.body", named) or author.name else UNKNOWN


def _is_turn(block: Block, code: str, state: _State) -> bool:
    """A bold or numbered speaker line is no section heading; a line in capitals is no speaker's."""
    if layout.heading_words(block.text).isupper():
        return False
    return turns.turn(block.text, code, state.place) is not None or turns.bridge(block.text, code) != ""


def _formal(text: str, code: str, state: _State) -> Zone | None:
    """Lines of attendance, time and place, closing; they may stand in any section."""
    plain = _FORMAL.sub("", text)
    attendance = lexicon.find(code, "minutes.attendance", plain[:70])
    if attendance and attendance.start <= 12 and state.section in _BEFORE:
        _enrol(plain, code, state)
        return "attendance"
    if state.section in _LATE and rosters.signs(plain, code):
        return "procedure"
    cue = lexicon.find(code, "minutes.procedure", plain[:90])
    if cue and cue.start <= 30 and len(plain) < 260:
        opened = turns.turn(plain, code, state.place)
        named = plain.find(opened.author.name) if opened and opened.author.name else len(plain)
        return "procedure" if opened is None or named < cue.start < opened.start else None
    return None


def _enrol(text: str, code: str, state: _State) -> None:
    """Remember who was there, to complete speakers that are later called by given name only."""
    for author in rosters.enrolled(text, code):
        state.roster.setdefault(names.given(author.name), author)


def _spoken(block: Block, code: str, state: _State) -> list[Stretch]:
    text = block.text
    place = turns.bridge(text, code)
    if place:
        state.author = authors.parse(place, code)
        state.place = state.author.organization
        _enter_discussion(state)
        return whole(block.id, text, "procedure", "structure:bridge")
    if _NUMBERED.match(text):
        state.place = ""
    if turning_points.concludes(text, code):
        state.section, state.author, state.lead = "conclusion", UNKNOWN, text.strip()
        return whole(block.id, text, "procedure", "structure:lead-in of the conclusion")
    hosted = turning_points.moderates(text, code) or asides.is_host(text, code)
    if (hosted or asides.is_called_on(text, code)) and state.section in ("discussion", *_BEFORE):
        _enrol(text, code, state)
        if hosted and turning_points.sums_up(text, code):
            return _summed_up(block, state)
        state.reports = hosted and turning_points.calls_to_present(text, code)
        return whole(block.id, text, "procedure", "structure:moderator")
    capitals = layout.heading_words(text).isupper() and not state.chat
    found = None if capitals else rosters.opened(text, code, state.roster)
    found = found or (None if capitals else turns.turn(text, code, state.place, chat=state.chat))
    if found and _same_body(found.author, state.author):
        found = None
    if found is None and state.section == "discussion" and not capitals:
        posted = narrated.presented(text, code, lambda author: _completed(author, state))
        if posted is None and state.each and state.author.name:
            posted = narrated.introduced(text, code)
        found = turns.Turn(posted.author, posted.start) if posted else None
    if state.section == "discussion" and turning_points.answers(text, code):
        return whole(block.id, text, "drafter_answer", "structure:answer of the drafters")
    if state.section == "discussion" and turning_points.orders(text, code):
        return whole(block.id, text, "conclusion", "structure:order of whoever leads")
    presents = state.reports or lexicon.find(code, "minutes.summary", text[: found.start] if found else text[:80])
    state.reports = state.reports and found is None
    if presents and found and found.author.name:
        state.presenters.add(names.given(_completed(found.author, state).name))
    if presents and (found or state.section in _BEFORE):
        return whole(block.id, text, "draft_summary", "structure:summary")
    if found and state.section == "opening" and not (found.author.name or text[: found.start].rstrip().endswith(":")):
        found = None  # a title that names the drafters
    if state.section in _BEFORE and found:
        called = text.rstrip().endswith(":") and found.author.name  # what is said stands on the lines below
        if found.start == len(text) and state.section != "procedure" and not called:
            _enrol(text, code, state)
            return whole(block.id, text, "attendance", "structure:person present")
        if state.announced:
            _enrol(text[: found.start], code, state)
            return whole(block.id, text, "procedure", "structure:opening words")
        _enter_discussion(state)
    if found is None and state.section in (*_BEFORE, "summary") and turning_points.announces(text, code):
        state.section, state.author, state.lead, state.spoke = "discussion", UNKNOWN, text.strip(), True
        return whole(block.id, text, "procedure", "structure:lead-in")
    if found is None and state.section in _BEFORE and asides.named_behind(text, code):
        _enter_discussion(state)
    closing = _closing(text, code, state, found)
    if closing:
        state.section = closing
    if found is None and state.rapporteur != UNKNOWN and working_groups.goes_on(block, code):
        state.author = state.rapporteur
    if found is None or state.section != "discussion":
        if found and found.author.name and state.section == "summary":
            state.presenters.add(names.given(_completed(found.author, state).name))
        return _continued(block, code, state, found)
    state.author, state.lead = _completed(found.author, state), ""
    if found.start == len(text):
        state.rapporteur = UNKNOWN  # the points below are those of somebody else
    return _turn(block, found, code, state)


def _summed_up(block: Block, state: _State) -> list[Stretch]:
    """ "Chair: I conclude. The Department …": the words of the chair from there on."""
    state.section, state.author, state.lead = "conclusion", UNKNOWN, ""
    start = block.text.find(": ") + 2
    head = whole(block.id, block.text[:start], "procedure", "structure:moderator")
    return [*head, Stretch(block.id, start, len(block.text), "conclusion", "structure:conclusion", UNKNOWN)]


def _same_body(author: Author, speaking: Author) -> bool:
    """ "Ban Văn hóa nhất trí …" in the speech of its head is no new speaker."""
    if author.name or not author.organization or not speaking.name:
        return False
    mine, theirs = strip_marks(author.organization), strip_marks(speaking.organization)
    return bool(theirs) and (mine in theirs or theirs in mine)


def _enter_discussion(state: _State) -> None:
    if state.section in _BEFORE:
        state.section = "discussion"
    state.spoke = True


def _closing(text: str, code: str, state: _State, found: turns.Turn | None) -> str:
    """Minutes without headings: the words with which answer and conclusion begin."""
    head = text[: found.start + 60] if found and found.start < len(text) else text[:110]
    if state.section not in ("discussion", "answer", "opening", "summary"):
        return ""
    cue = lexicon.find(code, "minutes.conclusion", head)
    if cue and cue.start < 90 and state.section != "opening":
        return "conclusion"
    answer = lexicon.find(code, "minutes.answer", head)
    if answer and answer.start < 90 and state.section == "discussion" and found:
        return "answer"
    return ""


def _continued(block: Block, code: str, state: _State, found: turns.Turn | None) -> list[Stretch]:
    """A block without a speaker line of its own, or outside the discussion."""
    zone = _ZONES[state.section]
    text = block.text
    state.each = state.each and zone != "speech"
    if zone == "attendance" or (zone == "procedure" and authors.honorific(_FORMAL.sub("", text), code)):
        _enrol(text, code, state)
    elif zone == "procedure" and state.section in _BEFORE:
        for author in rosters.mentioned(text, code):
            state.roster.setdefault(names.given(author.name), author)
    if zone == "conclusion" and text.rstrip().endswith(":"):
        state.lead = text.strip()
    if zone == "speech" and layout.is_lead(block, code):
        state.lead = text.strip()
        return whole(block.id, text, "procedure", "structure:lead-in")
    asks = layout.governing(state.lead, text, code)
    said = Stretch(block.id, 0, len(text), zone, f"structure:{state.section}", state.author, state.lead, asks=asks)
    behind = asides.named_behind(text, code) if zone == "speech" else None
    if behind:
        said = replace(said, end=behind[0], author=_completed(behind[1], state))
        return [said, Stretch(block.id, behind[0], len(text), "procedure", "structure:speaker named behind")]
    return _by_speaker(said, text, code, state) if zone == "speech" else [said]


def _by_speaker(said: Stretch, text: str, code: str, state: _State) -> list[Stretch]:
    """A paragraph in which others take the word; the last of them goes on in the next paragraph."""
    quoted = text[: said.start].rstrip().endswith(":")
    parts = list(asides.by_speaker(said, text, code, lambda author: _completed(author, state), named=quoted))
    state.author = parts[-1].author
    return parts


def _turn(block: Block, found: turns.Turn, code: str, state: _State) -> list[Stretch]:
    text = block.text
    parts = whole(block.id, text[: found.start], "procedure", "structure:speaker line")
    if text[found.start :].strip():
        answers = state.section == "answer" or turning_points.is_drafter(found.author, code)
        presented = names.given(found.author.name) in state.presenters if found.author.name else False
        answers = answers or (presented and turning_points.replies(text[found.start :], code))
        zone: Zone = "drafter_answer" if answers else "speech"
        said = Stretch(block.id, found.start, len(text), zone, "structure:turn", state.author, asks=found.asks)
        head = text[: found.start].rstrip()
        told = not head.endswith(":") or turns.ends_with_verb(head, code)
        parts += _by_speaker(said, text, code, state) if zone == "speech" and told else [said]
    return parts


def _completed(author: Author, state: _State) -> Author:
    """A speaker called by a part of the name, completed from the list of those present or from an earlier turn."""
    if author.title and not author.name and not author.organization:
        return rosters.by_title(author.title, state.roster) or author
    known = state.roster.get(names.given(author.name)) if author.name else None
    if known is None or not names.same(author.name, known.name):
        if len(author.name.split()) > 1 and author.organization:
            state.roster.setdefault(names.given(author.name), author)  # who has spoken is called by a part of the name
        return author
    if author.organization and not _same_body(replace(author, name=""), known):
        return author
    return authors.completed(author, known)
