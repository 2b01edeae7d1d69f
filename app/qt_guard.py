"""Keeps ``None``, ``True`` and ``False`` alive under Qt's binding on Python 3.11.

PySide6 6.12 is built so that its functions return these singletons without taking a reference,
which is right from Python 3.12 on, where they are immortal (PEP 683). On 3.11 every such return
takes one reference away that nobody gave, and after some thousand calls the interpreter aborts
with "deallocating None". Their counts are therefore lifted out of reach before Qt is used.
"""

from __future__ import annotations

import ctypes
import sys

_LIFT = 1 << (ctypes.sizeof(ctypes.c_ssize_t) * 8 - 4)
_SINGLETONS: tuple[object, ...] = (None, True, False, NotImplemented, Ellipsis)


def keep_singletons() -> None:
    """Lift the reference counts once; does nothing on Python 3.12 or newer."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for singleton in _SINGLETONS:
        # In CPython before 3.12, id() is the address of the object and ob_refcnt its first field.
        count = ctypes.c_ssize_t.from_address(id(singleton))
        if count.value < _LIFT:
            count.value += _LIFT
