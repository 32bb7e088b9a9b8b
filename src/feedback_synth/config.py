"""Where the product's data lies, and how TOML data is read: lexicons, labels, groups, models."""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from feedback_synth.errors import ConfigError

PACKAGE = Path(__file__).parent
DATA = PACKAGE / "data"


def models_folder() -> Path:
    """The folder with the shipped models: inside the installed package, else ``models/`` of the checkout.

    ``FEEDBACK_SYNTH_MODELS`` names another one.
    """
    chosen = os.environ.get("FEEDBACK_SYNTH_MODELS")
    if chosen:
        return Path(chosen)
    installed = PACKAGE / "models"
    return installed if installed.is_dir() else PACKAGE.parents[1] / "models"


@cache
def load_toml(name: str) -> dict[str, Any]:
    """The table in ``data/<name>`` (for example "lexicons/vi.toml"). ConfigError if it is missing or not TOML."""
    path = DATA / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigError("The data file {name} is missing. Install feedback-synth again.", name=name) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError("The data file {name} is not valid TOML: {error}.", name=name, error=error) from error


@cache
def content_groups() -> tuple[dict[str, Any], ...]:
    """The content groups (groups.toml), which a team may rename and add to by hand. ConfigError says what one lacks."""
    groups, keys = tuple(load_toml("groups.toml").get("groups", ())), set[str]()
    for number, group in enumerate(groups, start=1):
        key, names = group.get("key", ""), group.get("names", {})
        if not key or key in keys or not (isinstance(names, dict) and names):
            raise ConfigError(
                "Content group {number} ({key}) in groups.toml needs a key that no other group has, and names, for "
                'example: key = "health", names = {example}.',
                number=number,
                key=key or "?",
                example='{ vi = "Y tế" }',
            )
        keys.add(key)
    return groups


@cache
def catalogue(language: str) -> dict[str, str]:
    """The program's sentences: English -> ``language`` (data/labels/program.toml); empty for English."""
    messages = load_toml("labels/program.toml")["message"] if language != "en" else []
    return {message["en"]: message[language] for message in messages}
