"""Plugins by file name: ``load(readers, "odt")`` imports ``readers/odt.py`` when it is first asked for."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType

from feedback_synth.errors import ConfigError


def names(package: ModuleType) -> tuple[str, ...]:
    """The plugins of ``package``, sorted; modules that start with "_" are not plugins."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_")))


def load(package: ModuleType, name: str) -> ModuleType:
    """Import one plugin. ConfigError names those that exist if it is not one of them."""
    known = names(package)
    if name not in known:
        raise ConfigError(
            '{package} has no "{name}". Choose one of: {known}.',
            package=package.__name__,
            name=name,
            known=", ".join(known),
        )
    return import_module(f"{package.__name__}.{name}")
