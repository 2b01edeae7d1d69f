"""XML from strangers: the standard library's parser with everything dangerous refused.

No document type, so no entities (they can grow without end or name files); no processing of what
lies outside; size, depth, number of elements and of namespaces bounded. Expat itself is used, since
its callbacks are what makes refusing possible, and because values such as ``wsdp:Device`` need the
prefixes that were in force where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

MOST_OCTETS = 32_767  # MAX_ENVELOPE_SIZE, DPWS 2006 appendix B
_DEEPEST = 32
_MOST_ELEMENTS = 512
_MOST_NAMESPACES = 128


class UnsafeXmlError(ValueError):
    """A document that is not XML, or not XML that is read here; the text says why."""


@dataclass(slots=True)
class Element:
    """One element. ``name`` is "{namespace}local", or "local" where it has no namespace;
    ``prefixes`` are those in force in it, the default one under "".
    """

    name: str
    prefixes: Mapping[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, name: str) -> Iterator[Element]:
        """Give the children with this name."""
        return (child for child in self.children if child.name == name)

    def first(self, *path: str) -> Element | None:
        """Go down by names, to the first child each time."""
        found: Element | None = self
        for name in path:
            found = None if found is None else next(found.all(name), None)
        return found

    def names(self) -> tuple[str, ...]:
        """Read the text as a list of qualified names; those with an unknown prefix are left out."""
        found = []
        for word in self.text.split():
            prefix, colon, local = word.rpartition(":")
            uri = self.prefixes.get(prefix if colon else "")
            if uri:
                found.append(f"{{{uri}}}{local}")
        return tuple(found)


def parse(data: bytes) -> Element:
    """Read a document; raises ``UnsafeXmlError``."""
    if len(data) > MOST_OCTETS:
        raise UnsafeXmlError(f"it is longer than {MOST_OCTETS} octets")
    builder = _Builder()
    # The encoding is ours to say: SOAP over UDP is UTF-8, and a stranger must not choose a codec.
    parser = expat.ParserCreate("utf-8", "}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartNamespaceDeclHandler = builder.namespace
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnsafeXmlError(f"it is not XML ({expat.ErrorString(error.code)})") from None
    if builder.root is None:
        raise UnsafeXmlError("it is empty")
    return builder.root


def _refuse(*_: object) -> NoReturn:
    raise UnsafeXmlError("it has a document type, which is never read")


class _Builder:
    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._declared: dict[str, str] = {}
        self._elements = 0
        self._namespaces = 0

    def namespace(self, prefix: str | None, uri: str | None) -> None:
        self._namespaces += 1
        if self._namespaces > _MOST_NAMESPACES:
            raise UnsafeXmlError(f"it has more than {_MOST_NAMESPACES} namespaces")
        self._declared[prefix or ""] = uri or ""

    def start(self, name: str, _: object) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS or len(self._open) >= _DEEPEST:
            raise UnsafeXmlError("it has too many elements, or they lie too deep")
        outer = self._open[-1].prefixes if self._open else {}
        prefixes = {**outer, **self._declared} if self._declared else outer
        self._declared = {}
        uri, brace, local = name.rpartition("}")
        element = Element(f"{{{uri}}}{local}" if brace else name, prefixes)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _: str) -> None:
        self._open.pop()

    def characters(self, text: str) -> None:
        self._open[-1].text += text
