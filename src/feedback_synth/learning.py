"""The verb ``learn``: a content-group model of a team's own, from labelled files and from what editors corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from feedback_synth import config, heads, pipeline, pipeline_workspace
from feedback_synth.errors import ConfigError, UnreadableDocumentError

if TYPE_CHECKING:
    from feedback_synth.analysis.encoders import Encoder
    from feedback_synth.analysis.groups import LabelledOpinion
    from feedback_synth.store.workspace import Workspace

_WEIGHT = 3  # how often each of the team's opinions counts beside one of the product's, where all are learnt anew


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt: the groups the model knows, how many opinions of the team's own, and where it is kept."""

    groups: tuple[str, ...]
    own: int
    folder: Path


def learn(
    files: Sequence[Path], folder: Path | None = None, *, with_product: bool = True, encoder: str | None = None
) -> Learnt:
    """Train a head and keep it in ``folder``, or in the workspace around the current folder.

    ConfigError if there is nothing to learn from or nowhere to keep it.
    """
    from feedback_synth.store.workspace import Workspace, find

    own = [row for file in files for row in labelled(file)]
    here = None if folder else find(Path.cwd())
    if not here:
        return _learn(own, folder, pipeline.load_encoder(encoder), with_product=with_product)
    with Workspace(here) as workspace:
        encode = pipeline.load_encoder(encoder, workspace.vectors)
        kept = pipeline_workspace.groups_folder(here)
        learnt = _learn([*own, *corrected(workspace)], kept, encode, with_product=with_product)
        workspace.vectors.flush()
    return learnt


def _learn(own: list[LabelledOpinion], folder: Path | None, encode: Encoder | None, *, with_product: bool) -> Learnt:
    from feedback_synth.analysis import groups

    if encode is None:
        raise ConfigError("Learning needs an encoder. Leave out --encoder none.")
    if not own:
        raise ConfigError("There is nothing to learn from. Give labelled opinions, or correct groups in a workspace.")
    if not folder:
        raise ConfigError("There is no place for what is learnt. Name a folder with --model.")
    shipped = groups.load_head(config.models_folder() / "groups") if with_product else None
    if shipped and groups.fits(shipped, encode):
        head = groups.learn(own, encode, folder, shipped)
    else:  # another encoder: everything has to be encoded with it
        head = groups.learn([*(product(shipped) if shipped else []), *own * _WEIGHT], encode, folder)
    return Learnt(head.labels, len(own), folder)


def labelled(file: Path) -> list[LabelledOpinion]:
    """The labelled opinions of one file."""
    from feedback_synth import documents
    from feedback_synth.analysis.labelled import from_lines, from_table

    if file.suffix.lower() != ".jsonl":
        return from_table(documents.read(file, kind="table"))
    try:
        return from_lines(file.read_text(encoding="utf-8-sig"), file.name)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableDocumentError("{name} cannot be read as UTF-8 text. Save it anew.", name=file) from error


def corrected(workspace: Workspace) -> list[LabelledOpinion]:
    """The opinions of the last run whose group an editor decided."""
    from feedback_synth.analysis.groups import LabelledOpinion
    from feedback_synth.analysis.labelled import key_of

    analysis = pipeline_workspace.last_analysis(workspace)
    opinions = {o.id: o for o in analysis.opinions} if analysis else {}
    decisions = workspace.decisions.current()
    return [
        LabelledOpinion(opinions[id_], key_of(decision.group))
        for id_, decision in sorted(decisions.items())
        if decision.group and id_ in opinions
    ]


def product(shipped: heads.Head) -> list[LabelledOpinion]:
    """The examples that the shipped model was trained on."""
    from feedback_synth.analysis.labelled import labelled as row

    return [row(text, group) for text, group in zip(shipped.examples, shipped.example_labels, strict=True)]
