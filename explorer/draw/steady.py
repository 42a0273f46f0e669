"""Keeps the program alive on Python 3.11 with PySide6 6.12. Without Qt; to be called before Qt is used much.

WORKAROUND: PySide6 6.12.0 returns None, and now and then True and False, without counting the reference, as
is right only from Python 3.12 on, where they are immortal (https://peps.python.org/pep-0683/). On 3.11 their
count falls by one with each call and the interpreter aborts ("deallocating None") after some five thousand of
them. It can go when Python 3.11 is no longer supported, or PySide6 6.12 is excluded there.
"""

from __future__ import annotations

import sys

_PLENTY = 1 << 40
"""More references than calls that any session could make."""


def workaround_refcount_bug() -> None:
    """Gives None, True and False references to spare where they are counted; may be called more than once."""
    if sys.version_info >= (3, 12):
        return
    import ctypes

    for constant in (None, True, False):
        ref_count = sys.getrefcount(constant)
        count = ctypes.c_ssize_t.from_address(id(constant))
        # The count is an object's first field, except in a debugging build of Python: look before writing.
        if ref_count < _PLENTY // 2 and abs(count.value - ref_count) < 100:
            count.value += _PLENTY
