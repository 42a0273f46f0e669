"""The face of a package: the names that others may use, each fetched from its module when it is first asked for.

A face costs nothing to import: start-up does not pay for modules of a package that nobody has asked for yet.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any


def lazy_face(package: str, **modules: str) -> Callable[[str], Any]:
    """The ``__getattr__`` of ``package`` (PEP 562): ``modules`` gives the names that each module of it hands out.

    A name is kept in the package once it is fetched. Raises AttributeError for a name that is not handed out.
    """
    module_by_name = {name: module for module, names in modules.items() for name in names.split()}

    def fetch_name(name: str) -> Any:
        module = module_by_name.get(name)
        if module is None:
            raise AttributeError(f"package {package!r} hands out no {name!r}", name=name, obj=sys.modules[package])
        thing = getattr(import_module(f"{package}.{module}"), name)
        setattr(sys.modules[package], name, thing)
        return thing

    return fetch_name
