"""The cells of a row of the absorption table, one function per column."""

from __future__ import annotations

from feedback_synth.datamodel.opinion import Author, Opinion
from feedback_synth.datamodel.report import Entry, Paragraph, Run
from feedback_synth.languages import names
from feedback_synth.languages.text import match_key
from feedback_synth.reports.bodies import speaker_body
from feedback_synth.reports.dispositions import DISPOSITIONS
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.labels import distinct
from feedback_synth.reports.opinion_rows import OpinionRow
from feedback_synth.reports.proposal import draft_response, proposal

Cell = tuple[Paragraph, ...]


def text_cell(text: str) -> Cell:
    return (Paragraph((Run(text),)),) if text else ()


def entry(row: OpinionRow, key: str, value: str, prompt: str = "", choices: tuple[str, ...] = ()) -> Entry:
    """A place to fill in; its row key is the id of the opinion that speaks for the row."""
    return Entry(row.first.id, key, value, prompt, choices)


def number(row: OpinionRow, work: Dossier) -> Cell:
    return text_cell(str(row.number))


def _place_names(row: OpinionRow, work: Dossier) -> str:
    return row.decision.provision or "; ".join(distinct(work.link_label(link) for link in row.links[:2]))


def subject(row: OpinionRow, work: Dossier) -> Cell:
    return text_cell(_place_names(row, work) or work.labels("absorption.no_place"))


def provision(row: OpinionRow, work: Dossier) -> Cell:
    return (Paragraph((entry(row, "provision", _place_names(row, work)),)),)


def group(row: OpinionRow, work: Dossier) -> Cell:
    choices = tuple(work.labels.group(g) for g in work.all_groups)
    return (Paragraph((entry(row, "group", work.labels.group(row.group), "", choices),)),)


def author(row: OpinionRow, work: Dossier) -> Cell:
    """One line for each who asked the same: body, then the speaker."""
    return tuple(_author_line(o, work) for o in row.opinions)


def _author_line(opinion: Opinion, work: Dossier) -> Paragraph:
    said_by = work.author(opinion)
    if not speaker_body(said_by):
        return Paragraph((Entry(opinion.id, "author_organization", "", work.labels("unknown_author")),))
    runs: list[Run | Entry] = []
    if said_by.organization:
        runs.append(Entry(opinion.id, "author_organization", said_by.organization))
    if said_by.name and not (runs and _signs_for_body(said_by, opinion.source_id, work)):
        runs += [Run(" – ")] if runs else []
        runs.append(Entry(opinion.id, "author_name", said_by.name))
        runs += [Run(f", {said_by.title}")] if said_by.title else []
    return Paragraph(tuple(runs))


def _signs_for_body(author: Author, source_id: str, work: Dossier) -> bool:
    """Whether the author signs a numbered letter: there the body speaks, and tables name it alone."""
    document = work.documents.get(source_id)
    numbered = document is not None and bool(document.field("number"))
    return numbered and document is not None and names.same(author.name, document.field("signer"))


def delegate(row: OpinionRow, work: Dossier) -> Cell:
    """The speaker first, as minutes name them."""
    lines = []
    for opinion in row.opinions:
        said_by = work.author(opinion)
        if not said_by.name:
            lines.append(_author_line(opinion, work))
            continue
        runs: list[Run | Entry] = [Entry(opinion.id, "author_name", said_by.name)]
        runs += [Run(f", {said_by.title}")] if said_by.title else []
        if said_by.organization:
            runs += [Run(", "), Entry(opinion.id, "author_organization", said_by.organization)]
        lines.append(Paragraph(tuple(runs)))
    return tuple(lines)


def author_document(row: OpinionRow, work: Dossier) -> Cell:
    """Each author with number and day of the letter, where the source has them."""
    lines = []
    for opinion in row.opinions:
        line = _author_line(opinion, work)
        letter = letter_name(opinion.source_id, work)
        lines.append(Paragraph((*line.runs, Run(f" ({letter})"))) if letter else line)
    return tuple(lines)


def letter_name(source_id: str, work: Dossier) -> str:
    """ "Công văn số 12/UBND-VX ngày 05/9/2026", or "" where the source has neither number nor day."""
    document = work.documents.get(source_id)
    if document is None:
        return ""
    number_, day = document.field("number"), document.field("date")
    if number_:
        return work.labels("letter.numbered", number=number_, date=_dated(day, work)).strip(" ,")
    return (
        work.labels("letter.dated", name=work.labels.name("source_kinds", document.kind), date=_dated(day, work))
        if day
        else ""
    )


def _dated(day: str, work: Dossier) -> str:
    return work.labels("letter.day", date=work.labels.date(day, "short_date")) if day else ""


def _lines(row: OpinionRow, work: Dossier, key: str) -> Cell:
    """One editable line for each who asked the same, in the order of the row's key."""
    return tuple(Paragraph((Entry(o.id, f"author_{key}", getattr(work.author(o), key)),)) for o in row.opinions)


def author_name(row: OpinionRow, work: Dossier) -> Cell:
    return _lines(row, work, "name")


def author_title(row: OpinionRow, work: Dossier) -> Cell:
    return _lines(row, work, "title")


def author_organization(row: OpinionRow, work: Dossier) -> Cell:
    return _lines(row, work, "organization")


def opinion(row: OpinionRow, work: Dossier) -> Cell:
    """The words of the first opinion, then other wordings of the same request with who used them."""
    paragraphs = [_quotation(row.first), *_unsourced(row.first, work)]
    seen = {match_key(row.first.text)}
    for other in row.opinions[1:]:
        if match_key(other.text) not in seen:
            seen.add(match_key(other.text))
            paragraphs += [_quotation(other, f"{work.body(other)}: "), *_unsourced(other, work)]
    return tuple(paragraphs)


def _unsourced(said: Opinion, work: Dossier) -> Cell:
    """Under words that stand in no source: who added them."""
    return () if said.span else (Paragraph((Run(f"({work.place_of(said)})", "muted"),), "note"),)


def _quotation(said: Opinion, lead: str = "") -> Paragraph:
    runs: list[Run | Entry] = [Run(lead, "muted")] if lead else []
    if said.context:
        runs.append(Run(f"({said.context}) ", "muted"))
    runs.append(Entry(said.id, "text", said.text))
    return Paragraph(tuple(runs))


def disposition_entry(row: OpinionRow, work: Dossier) -> Entry:
    """The status a person chose, or nothing: a machine never fills this in."""
    choices = tuple(work.labels.name("dispositions", d) for d in DISPOSITIONS)
    chosen = row.decision.disposition
    value = work.labels.name("dispositions", chosen) if chosen else ""
    return entry(row, "disposition", value, work.labels("prompts.disposition"), choices)


def disposition(row: OpinionRow, work: Dossier) -> Cell:
    return (Paragraph((disposition_entry(row, work),)),)


def response(row: OpinionRow, work: Dossier) -> Cell:
    return (Paragraph((entry(row, "response", row.decision.response, work.labels("prompts.response")),)),)


def place(row: OpinionRow, work: Dossier) -> Cell:
    return (Paragraph((entry(row, "place", row.decision.place, work.labels("prompts.place")),)),)


def note(row: OpinionRow, work: Dossier) -> Cell:
    """A note; where there is none a document to be signed shows nothing."""
    return (Paragraph((entry(row, "note", row.decision.note, "…" if work.options.for_editing else ""),)),)


def proposed(row: OpinionRow, work: Dossier) -> Cell:
    """What the machine proposes, and its draft of the explanation."""
    sentences = [proposal(row.trace, work)]
    drafted = draft_response(row.trace, work)
    if drafted:
        sentences.append(work.labels("proposal.draft", text=drafted))
    return tuple(Paragraph((Run(s, "proposal"),), "note") for s in sentences if s)


def accepted(row: OpinionRow, work: Dossier) -> Cell:
    """Disposition and place, each in a line of its own so that no other words mix with the status; below them the
    proposal while nobody decided. A decided row without a place shows none."""
    undecided = not row.decision.disposition
    where = entry(row, "place", row.decision.place, work.labels("prompts.place"))
    place_line = Paragraph((Run(work.labels("absorption.place")), where))
    return (
        *disposition(row, work),
        *((place_line,) if undecided or row.decision.place else ()),
        *(proposed(row, work) if undecided else ()),
    )


def explained(row: OpinionRow, work: Dossier) -> Cell:
    return response(row, work)


def absorption(row: OpinionRow, work: Dossier) -> Cell:
    """Disposition, answer and place in one cell, as the official form has it."""
    first, *rest = accepted(row, work)
    return (first, *response(row, work), *rest)


def draft_text(row: OpinionRow, work: Dossier) -> Cell:
    """The words the opinion is about, with their place."""
    if not row.links:
        return text_cell(work.labels("absorption.no_place"))
    link = row.links[0]
    found = work.provision(link)
    page = f", {work.labels('places.page', value=str(found.page))}" if found and found.page else ""
    head = Paragraph((Run(work.link_label(link) + page, "bold"),))
    words = f"{found.heading}\n{found.text}".strip() if found else ""
    return (head, *text_cell(words))


def revised_text(row: OpinionRow, work: Dossier) -> Cell:
    """The words after revision of the place that the trace found; empty until there is a revised draft."""
    for evidence in row.trace.evidence if row.trace else ():
        words = work.revised_words(evidence.draft, evidence.new_label)
        if words:
            return (Paragraph((Run(evidence.new_label, "bold"),)), *text_cell(words))
    return ()


def source(row: OpinionRow, work: Dossier) -> Cell:
    """Where the words stand, with a link to them in their context."""
    return tuple(
        Paragraph((Run(work.place_of(o), "plain", f"#o-{o.id}" if o.span else ""),), "note") for o in row.opinions
    )


def language(row: OpinionRow, work: Dossier) -> Cell:
    return text_cell("; ".join(distinct(work.labels.name("languages", o.language) for o in row.opinions)))


def request(row: OpinionRow, work: Dossier) -> Cell:
    return text_cell("; ".join(distinct(work.labels.name("requests", o.request) for o in row.opinions)))


def facets(row: OpinionRow, work: Dossier) -> tuple[tuple[str, str], ...]:
    """What the page filters by."""
    labels = work.labels
    found = [("group", labels.group(row.group))]
    found += [("body", name) for name in distinct(work.body(o) for o in row.opinions)]
    found += [("provision", name) for name in distinct(work.link_label(link) for link in row.links[:2])]
    if row.trace:
        found.append(("outcome", labels.name("outcomes", row.trace.outcome)))
    if row.decision.disposition:
        found.append(("disposition", labels.name("dispositions", row.decision.disposition)))
    found += [("language", name) for name in distinct(labels.name("languages", o.language) for o in row.opinions)]
    return tuple(found)
