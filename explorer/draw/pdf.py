"""The last touches to a PDF that Qt wrote: its language and the chart's text alternative.

Qt has no way to set either. They are added as the format means changes to be: new versions of two objects
after the end, with a table that leads on to the old one.
"""

from __future__ import annotations

import re

_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)
_LANGUAGE = b"/Lang (en-GB) /ViewerPreferences << /DisplayDocTitle true >>"


def finished(pdf: bytes, described: str) -> bytes:
    """``pdf`` with its language and, as its subject, ``described``; unchanged where it is not as expected."""
    trailer = _TRAILER.search(pdf)
    root, info = (_reference(trailer, name) if trailer else None for name in (b"Root", b"Info"))
    if trailer is None or root is None or info is None:
        return pdf
    subject = b"/Subject <" + described.encode("utf-16").hex().encode("ascii") + b">"
    changed = (_changed(pdf, info, subject), _changed(pdf, root, _LANGUAGE))
    if None in changed:
        return pdf
    out = bytearray(pdf.rstrip() + b"\n")
    table = bytearray(b"xref\n")
    for number, body in sorted(zip((info, root), changed, strict=True)):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    kept = re.sub(rb"/Prev\s+\d+", b"", trailer.group(1)).strip()
    out += table + b"trailer\n<<\n%s\n/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n" % (
        kept,
        trailer.group(2),
        start,
    )
    return bytes(out)


def _reference(trailer: re.Match[bytes], name: bytes) -> int | None:
    found = re.search(rb"/" + name + rb"\s+(\d+)\s+0\s+R", trailer.group(1))
    return int(found.group(1)) if found else None


def _changed(pdf: bytes, number: int, added: bytes) -> bytes | None:
    """An object's dictionary with ``added`` in it; None where it is not a plain dictionary."""
    found = re.search(rb"(?:^|\n)%d 0 obj\s*(<<.*?>>)\s*endobj" % number, pdf, re.DOTALL)
    if found is None:
        return None
    return found.group(1)[:-2].rstrip() + b"\n" + added + b"\n>>"
