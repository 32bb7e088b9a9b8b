"""Minutes and notes: sections, speakers, and who was there."""

from __future__ import annotations

import re
from dataclasses import replace

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
    persons,
    recordings,
    rosters,
    tables,
    turning_points,
    turns,
    working_groups,
)
from feedback_synth.opinions.meeting import BEFORE, Meeting, begun, same_body
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
_LEAST_ASKED = 3  # questions of a moderator that make a talk
_LONGEST_BODY = 12  # words
_LATE = ("discussion", "answer", "conclusion", "closed")
_NUMBERED = re.compile(r"\s*\d{1,3}[.)/]")


def stretches(document: Document) -> list[Stretch]:
    """Every block of minutes or notes in its zone, with its speaker."""
    state = begun(document, called=has_speakers(document))
    talk = sum(asides.is_host(b.text, document.language) for b in document.blocks) >= _LEAST_ASKED
    found: list[Stretch] = []
    cells = tables.cells(document)
    for block in document.blocks:
        code = layout.language_of(block, document.language)
        told = [replace(s, author=state.completed(s.author)) for s in cells.get(block.id, ())]
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


def has_speakers(document: Document) -> bool:
    """Whether several people speak in a text that looked like something else."""
    found: set[str] = set()
    for block in document.blocks:
        code = layout.language_of(block, document.language)
        said = turns.turn(block.text, code) if block.kind not in layout.OUTSIDE else None
        if said and said.author.name:
            found.add(strip_marks(said.author.name))
    return len(found) >= _LEAST_SPEAKERS or rosters.speaks(document)


def _block(block: Block, code: str, state: Meeting) -> list[Stretch]:
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
    body = _body_heading(block, code) if state.section in (*BEFORE, "discussion") else UNKNOWN
    if body != UNKNOWN:
        state.enter_discussion()
        same = state.author.organization == body.organization  # the letterhead of who writes
        state.author, state.lead, state.place = state.author if same else body, "", ""
        return whole(block.id, text, "procedure", "structure:heading with a body")
    return _spoken(block, code, state)


def _closes(heading: str, code: str) -> bool:
    return lexicon.starts(code, "section.closing", layout.heading_words(heading)) is not None


def _reports_back(block: Block, code: str, state: Meeting) -> list[Stretch]:
    """The head of a group's report: what stands below it is said for the group by its rapporteur."""
    text = block.text
    head = working_groups.head(text, code)
    if head is None or not (head.name or state.group) or (state.section == "opening" and not state.grouped):
        return []  # at the top of notes the rapporteur is who takes them
    state.group = head.name or state.group
    if head.rapporteur != UNKNOWN:
        state.section, state.announced, state.grouped = "discussion", False, True
    if not state.grouped:
        return []
    named = state.completed(head.rapporteur)
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


def _is_turn(block: Block, code: str, state: Meeting) -> bool:
    """A bold or numbered speaker line is no section heading; a line in capitals is no speaker's."""
    if layout.heading_words(block.text).isupper():
        return False
    return turns.turn(block.text, code, state.place) is not None or turns.bridge(block.text, code) != ""


def _formal(text: str, code: str, state: Meeting) -> Zone | None:
    """Lines of attendance, time and place, closing; they may stand in any section."""
    plain = layout.without_mark(text)
    attendance = lexicon.find(code, "minutes.attendance", plain[:70])
    if attendance and attendance.start <= 12 and state.section in BEFORE:
        state.enrol(plain, code)
        return "attendance"
    if state.section in _LATE and rosters.signs(plain, code):
        return "procedure"
    cue = lexicon.find(code, "minutes.procedure", plain[:90])
    if cue and cue.start <= 30 and len(plain) < 260:
        opened = turns.turn(plain, code, state.place)
        named = plain.find(opened.author.name) if opened and opened.author.name else len(plain)
        return "procedure" if opened is None or named < cue.start < opened.start else None
    return None


def _spoken(block: Block, code: str, state: Meeting) -> list[Stretch]:
    text = block.text
    if place := turns.bridge(text, code):
        state.author = authors.parse(place, code)
        state.place = state.author.organization
        state.enter_discussion()
        return whole(block.id, text, "procedure", "structure:bridge")
    if _NUMBERED.match(text):
        state.place = ""
    if turning_points.concludes(text, code):
        state.section, state.author, state.lead = "conclusion", UNKNOWN, text.strip()
        return whole(block.id, text, "procedure", "structure:lead-in of the conclusion")
    hosted = turning_points.moderates(text, code) or asides.is_host(text, code)
    if (hosted or asides.is_called_on(text, code)) and state.section in ("discussion", *BEFORE):
        return _moderated(block, code, state, hosted=hosted)
    found = _speaker(text, code, state)
    if state.section == "discussion" and turning_points.answers(text, code):
        return whole(block.id, text, "drafter_answer", "structure:answer of the drafters")
    if state.section == "discussion" and turning_points.orders(text, code):
        return whole(block.id, text, "conclusion", "structure:order of whoever leads")
    if _presents(text, code, state, found):
        return whole(block.id, text, "draft_summary", "structure:summary")
    if found and state.section == "opening" and not (found.author.name or text[: found.start].rstrip().endswith(":")):
        found = None  # a title that names the drafters
    if state.section in BEFORE and found:
        present = _opens(block, found, code, state)
        if present:
            return present
    if found is None and state.section in (*BEFORE, "summary") and turning_points.announces(text, code):
        state.section, state.author, state.lead = "discussion", UNKNOWN, text.strip()
        return whole(block.id, text, "procedure", "structure:lead-in")
    if found is None and state.section in BEFORE and asides.named_behind(text, code):
        state.enter_discussion()
    state.section = _closing(text, code, state, found) or state.section
    return _said(block, code, state, found)


def _moderated(block: Block, code: str, state: Meeting, *, hosted: bool) -> list[Stretch]:
    """Who moderates, or is called on: nothing is said in the block, unless the chair sums up."""
    text = block.text
    state.enrol(text, code)
    if hosted and turning_points.sums_up(text, code):
        return _summed_up(block, state)
    state.reports = hosted and turning_points.calls_to_present(text, code)
    return whole(block.id, text, "procedure", "structure:moderator")


def _speaker(text: str, code: str, state: Meeting) -> turns.Turn | None:
    """Who takes the word at the start of a block, told by its form, by the list of those present, by what follows."""
    if layout.heading_words(text).isupper() and not state.chat:
        return None
    found = rosters.opened(text, code, state.roster) or turns.turn(text, code, state.place, chat=state.chat)
    if found and not same_body(found.author, state.author):
        return found
    if state.section != "discussion":
        return None
    posted = narrated.presented(text, code, state.completed)
    if posted is None and state.each and state.author.name:
        posted = narrated.introduced(text, code)
    return turns.Turn(posted.author, posted.start) if posted else None


def _presents(text: str, code: str, state: Meeting, found: turns.Turn | None) -> bool:
    """Whether a block tells what the drafts say; who presents them is remembered."""
    presents = state.reports or lexicon.find(code, "minutes.summary", text[: found.start] if found else text[:80])
    state.reports = state.reports and found is None
    if presents and found and found.author.name:
        state.presenters.add(names.given(state.completed(found.author).name))
    return bool(presents) and (found is not None or state.section in BEFORE)


def _opens(block: Block, found: turns.Turn, code: str, state: Meeting) -> list[Stretch]:
    """A line before the discussion that lists who is present or opens the meeting; else the discussion begins."""
    text = block.text
    called = text.rstrip().endswith(":") and found.author.name  # what is said stands on the lines below
    if found.start == len(text) and state.section != "procedure" and not called:
        state.enrol(text, code)
        return whole(block.id, text, "attendance", "structure:person present")
    if state.announced:
        state.enrol(text[: found.start], code)
        return whole(block.id, text, "procedure", "structure:opening words")
    state.enter_discussion()
    return []


def _said(block: Block, code: str, state: Meeting, found: turns.Turn | None) -> list[Stretch]:
    """A block of the section that has begun: the turn of who is ``found``, or more of what was said before."""
    if found is None and state.rapporteur != UNKNOWN and working_groups.goes_on(block, code):
        state.author = state.rapporteur
    if found is None or state.section != "discussion":
        if found and found.author.name and state.section == "summary":
            state.presenters.add(names.given(state.completed(found.author).name))
        return _continued(block, code, state, found)
    state.author, state.lead = state.completed(found.author), ""
    if found.start == len(block.text):
        state.rapporteur = UNKNOWN  # the points below are those of somebody else
    return _turn(block, found, code, state)


def _summed_up(block: Block, state: Meeting) -> list[Stretch]:
    """ "Chair: I conclude. The Department …": the words of the chair from there on."""
    state.section, state.author, state.lead = "conclusion", UNKNOWN, ""
    start = block.text.find(": ") + 2
    head = whole(block.id, block.text[:start], "procedure", "structure:moderator")
    return [*head, Stretch(block.id, start, len(block.text), "conclusion", "structure:conclusion", UNKNOWN)]


def _closing(text: str, code: str, state: Meeting, found: turns.Turn | None) -> str:
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


def _continued(block: Block, code: str, state: Meeting, found: turns.Turn | None) -> list[Stretch]:
    """A block without a speaker line of its own, or outside the discussion."""
    zone = _ZONES[state.section]
    text = block.text
    state.each = state.each and zone != "speech"
    if zone == "attendance" or (zone == "procedure" and persons.honorific(layout.without_mark(text), code)):
        state.enrol(text, code)
    elif zone == "procedure" and state.section in BEFORE:
        state.mention(text, code)
    if zone == "conclusion" and text.rstrip().endswith(":"):
        state.lead = text.strip()
    if zone == "speech" and layout.is_lead(block, code):
        state.lead = text.strip()
        return whole(block.id, text, "procedure", "structure:lead-in")
    asks = layout.governing(state.lead, text, code)
    said = Stretch(block.id, 0, len(text), zone, f"structure:{state.section}", state.author, state.lead, asks=asks)
    behind = asides.named_behind(text, code) if zone == "speech" else None
    if behind:
        said = replace(said, end=behind[0], author=state.completed(behind[1]))
        return [said, Stretch(block.id, behind[0], len(text), "procedure", "structure:speaker named behind")]
    return _by_speaker(said, text, code, state) if zone == "speech" else [said]


def _by_speaker(said: Stretch, text: str, code: str, state: Meeting) -> list[Stretch]:
    """A paragraph in which others take the word; the last of them goes on in the next paragraph."""
    quoted = text[: said.start].rstrip().endswith(":")
    parts = list(asides.by_speaker(said, text, code, state.completed, named=quoted))
    state.author = parts[-1].author
    return parts


def _turn(block: Block, found: turns.Turn, code: str, state: Meeting) -> list[Stretch]:
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
