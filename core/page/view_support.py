"""What the page shows of logs for support: what is in them, how they are sent, their number."""

from __future__ import annotations

from core.model.bundle import BundleReady
from core.model.event import Progress
from core.page.doing import Done
from core.page.html import Html, Part, el, join
from core.page.view_agent import notice

_MEGA, _KILO = 1_000_000, 1_000


def support(made: Done | None, sent: Done | None, *, enrolled: bool) -> Html:
    """Make the card: nothing is sent before it was shown what it is."""
    if made is None:
        return join(
            el("p", "Collects logs, settings and facts in one file, and shows what is in it before "
               "anything is sent.", class_="muted"),
            _button("Send logs to support…", "logs"),
        )  # fmt: skip
    if made.running:
        return _doing("Collecting logs, settings and facts…")
    if made.bundle is None:
        failed = notice(made.problem, "error") if made.problem else None
        return join(failed, _button("Try again", "logs"))
    if sent is not None and sent.sent is not None:
        return _sent(sent.sent.hub_name, sent.sent.reference)
    if sent is not None and sent.running:
        return _doing(_how_far(sent.progress))
    failed = notice(sent.problem, "error") if sent and sent.problem else None
    return join(failed, _made(made.bundle, enrolled=enrolled))


def _sent(hub: str, reference: str) -> Html:
    return join(
        el("p", f"{hub or 'Your dealer'} has it. Name this number when you call or write: ",
           el("strong", reference, class_="code"), role="status"),
        _button("Collect new logs", "logs"),
    )  # fmt: skip


def _made(bundle: BundleReady, *, enrolled: bool) -> Html:
    said = (
        f"This is what support gets, {_size(bundle.size)} in all. Nothing of what was printed is "
        "in it, and no password; addresses and names are masked as you have set it."
    )
    parts: list[Part] = [el("p", said), _files(bundle)]
    parts += [
        el("p", f"Left out: {sentence}", class_="muted small") for sentence in bundle.left_out
    ]
    if enrolled:
        parts.append(_button("Send", "send"))
    else:
        why = (
            "No dealer is connected to send it to. Mail this file, and name its number "
            f"{bundle.reference}: {bundle.path}"
        )
        parts.append(el("p", why, role="status"))
    return join(*parts)


def _files(bundle: BundleReady) -> Html:
    head = el("tr", *(el("th", name, scope="col") for name in ("File", "What", "Size")))
    rows = (
        el("tr", el("th", file.name, scope="row"), el("td", file.what),
           el("td", _size(file.size), class_="number"))
        for file in bundle.files
    )  # fmt: skip
    table = el("table", el("thead", head), el("tbody", *rows))
    return el("div", table, class_="scroll", tabindex="0", role="region", aria_label="Files")


def _doing(text: str) -> Html:
    return el("p", text, class_="muted", role="status")


def _how_far(progress: Progress | None) -> str:
    if progress is None or not progress.total:
        return "Sending…"
    return f"Sending… {_size(progress.done)} of {_size(progress.total)}"


def _button(word: str, do: str) -> Html:
    return el("p", el("button", word, type="button", data_do=do, class_="primary"))


def _size(size: int) -> str:
    if size >= _MEGA:
        return f"{size / _MEGA:.1f} MB"
    return f"{size / _KILO:.1f} kB" if size >= _KILO else f"{size} bytes"
