import subprocess
import sys

import pytest
from click.testing import CliRunner

from feedback_synth import __version__
from feedback_synth.cli import main

HEAVY = (
    "numpy",
    "lxml",
    "onnxruntime",
    "torch",
    "sklearn",
    "spacy",
    "sentence_transformers",
    "docx",
    "openpyxl",
    "jinja2",
)


def test_the_version_is_told() -> None:
    assert __version__ in CliRunner().invoke(main, ["--version"]).output


def test_python_runs_it_where_the_command_is_not_on_the_path() -> None:
    done = subprocess.run([sys.executable, "-m", "feedback_synth", "--version"], capture_output=True, text=True)
    assert __version__ in done.stdout


@pytest.mark.parametrize("command", [[], *[[name] for name in sorted(main.commands)]])
def test_help_shows_an_example(command: list[str]) -> None:
    result = CliRunner().invoke(main, [*command, "--help"])
    assert result.exit_code == 0
    assert "feedback-synth" in result.output


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom feedback_synth.cli import main\n"
        "try:\n    main(['synthesize', '--help'])\nexcept SystemExit:\n    pass\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
