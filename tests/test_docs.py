"""The documents are true: links lead somewhere, commands and options exist, every document can be found."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click
import pytest

from feedback_synth.cli import main
from feedback_synth.config import DATA, load_toml
from feedback_synth.store.workspace import SETTINGS

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(p for d in ("docs", "models", "samples", "benchmarks") for p in (ROOT / d).rglob("*.md"))]
)
NAMES = [str(p.relative_to(ROOT)) for p in PAGES]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"`((?:\S*[\\/])?feedback-synth(?: [^`]+)?)`")
PROGRAM = re.compile(r"^\s*(?:\S*[\\/])?feedback-synth(?:\s|$)")
PLACEHOLDERS = {"COMMAND", "--help", "..."}


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """(file, anchor) of each link that does not lead out of the project."""
    for target in LINK.findall(FENCE.sub("", text_of(page))):
        if not re.match(r"[a-z]+:", target):
            file, _, anchor = target.partition("#")
            yield (page.parent / unquote(file) if file else page).resolve(), anchor


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings have on a code host."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(page: Path) -> Iterator[list[str]]:
    """The words after the program's name of each command line shown, in blocks and between backticks."""
    text = text_of(page)
    lines = [line for block in FENCE.findall(text) for line in block.replace("\\\n", " ").splitlines()]
    shown = [line for line in lines if PROGRAM.match(line)] + SHOWN.findall(FENCE.sub("", text))
    for line in shown:
        yield shlex.split(line.replace("\\", "/").replace("…", ""))[1:]


def faults(words: list[str]) -> Iterator[str]:
    """What is wrong with a command line, without running it."""
    if not words or words[0] in PLACEHOLDERS:
        return
    command = main.commands.get(words[0])
    if command is None:
        yield f"no command {words[0]}"
        return
    known = {name: p for p in command.params if isinstance(p, click.Option) for name in p.opts}
    for word, following in pairwise([*words[1:], ""]):
        name, _, value = word.partition("=")
        if not word.startswith("-") or name == "--help":
            continue
        option = known.get(name)
        if option is None:
            yield f"{words[0]} has no {name}"
        elif isinstance(option.type, click.Choice) and following.isalpha() and following.islower():
            choices = [str(choice) for choice in option.type.choices]
            if (value or following) not in choices:
                yield f"{name} is one of {choices}, not {value or following}"
    if words[0] == "set" and len(words) > 1 and words[1].islower() and words[1] not in SETTINGS:
        yield f"there is no setting {words[1]}"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [str(file) for file, _ in links(page) if not file.exists()]
    lost = [
        f"{file.name}#{a}"
        for file, a in links(page)
        if a and file.suffix == ".md" and file.exists() and a not in anchors(file)
    ]
    assert broken + lost == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_and_options_exist(page: Path) -> None:
    assert [f"{shlex.join(words)}: {fault}" for words in commands(page) for fault in faults(words)] == []


def test_a_false_command_is_seen() -> None:
    assert list(faults(["sinthesize", "inbox/"])) == ["no command sinthesize"]
    assert list(faults(["table", "--quick"])) == ["table has no --quick"]
    assert list(faults(["export", "--format", "pdf"])) == ["--format is one of ['xlsx', 'docx'], not pdf"]
    assert list(faults(["set", "colour", "red"])) == ["there is no setting colour"]
    assert list(faults(["synthesize", "inbox/", "--draft", "resolution=a.docx", "-o", "out"])) == []


def test_commands_are_found_in_pages() -> None:
    found = [words[0] for words in commands(ROOT / "README.md") if words]
    assert {"synthesize", "compare", "read", "init"} <= set(found)


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached:
            reached.add(page)
            waiting += [file for file, _ in links(page) if file.suffix == ".md" and file.exists()]
    assert sorted(str(p.relative_to(ROOT)) for p in set((ROOT / "docs").glob("*.md")) - reached) == []


def test_every_command_is_explained() -> None:
    shown = {words[0] for page in PAGES for words in commands(page) if words}
    assert sorted(set(main.commands) - shown) == []


def schema_keys(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for below in schema.values():
            yield from schema_keys(below)


def test_the_contract_names_every_key_of_the_schemas() -> None:
    told = set(re.findall(r"\w+", text_of(ROOT / "docs" / "contract.md")))
    files = sorted((DATA / "schemas").glob("*.json"))
    keys = {key for file in files for key in schema_keys(json.loads(file.read_text(encoding="utf-8")))}
    assert len(keys) > 40
    assert sorted(keys - told) == []


def test_the_storeys_are_those_that_are_checked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    checked = [tuple(layer.split(" | ")) for layer in layers if not layer.startswith("(")]
    block = re.search(r"## Storeys.*?```\n(.*?)```", text_of(ROOT / "docs" / "architecture.md"), re.DOTALL)
    assert block is not None
    drawn = [tuple(re.split(r"  +", line)[0].split(" │ ")) for line in block[1].splitlines()]
    assert drawn == checked


def test_every_notice_of_the_readers_is_listed_in_its_words() -> None:
    listed = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", text_of(ROOT / "docs" / "reading.md"), re.MULTILINE))
    sentences = {code: words["en"] for code, words in load_toml("labels/notices_documents.toml").items()}
    assert listed == sentences
