"""The parts of a .docx container, found by their relationships."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from feedback_synth.documents._archive import Archive
from feedback_synth.documents.word.names import W14, W15, Element, W
from feedback_synth.errors import UnreadableDocumentError


@dataclass(frozen=True)
class Package:
    archive: Archive
    main: str
    damaged: list[str] = field(default_factory=list)  # parts that could not be unpacked

    @cached_property
    def body(self) -> Element:
        root = self.archive.tree(self.main)
        body = root.find(W + "body") if root is not None else None
        if body is None:
            raise UnreadableDocumentError(
                "{name}: the text of the document is missing or damaged. Open it in Word, save it anew and give "
                "it again.",
                name=self.archive.name,
            )
        return body

    @cached_property
    def _relations(self) -> list[tuple[str, str, str]]:
        return self.archive.relations(self.main)

    def part(self, kind: str) -> Element | None:
        """Root of the part of this kind ("styles", "numbering", "comments", …), None when there is none."""
        return next((self._tree(target) for _, k, target in self._relations if k == kind), None)

    def _tree(self, part: str) -> Element | None:
        try:
            return self.archive.tree(part)
        except UnreadableDocumentError:
            self.damaged.append(part)
            return None

    def parts(self, kind: str) -> list[tuple[str, Element]]:
        """(relationship id, root) of every part of this kind that can be read."""
        roots = [(rid, self._tree(target)) for rid, k, target in self._relations if k == kind]
        return [(rid, root) for rid, root in roots if root is not None]

    def targets(self, kind: str) -> list[str]:
        """Names of the parts of this kind."""
        return [target for _, k, target in self._relations if k == kind]

    @cached_property
    def replies(self) -> dict[str, str]:
        """Paragraph id of a comment's last paragraph -> that of the comment it answers."""
        root = self.part("commentsExtended")
        if root is None:
            return {}
        pairs = ((e.get(W15 + "paraId"), e.get(W15 + "paraIdParent")) for e in root.iter(W15 + "commentEx"))
        return {own: parent for own, parent in pairs if own and parent}


def open_package(name: str, data: bytes) -> Package:
    """The package of a .docx file. UnreadableDocumentError when it is none."""
    archive = Archive(name, data)
    main = next((target for _, kind, target in archive.relations("") if kind == "officeDocument"), "")
    if main not in archive:
        main = "word/document.xml"
    if main not in archive:
        raise UnreadableDocumentError(
            "{name}: there is no text in this container. Save the file anew from Word.", name=name
        )
    return Package(archive, main)


def paragraph_id(element: Element) -> str:
    return str(element.get(W14 + "paraId") or "")
