"""``platen-hub bundles``: what agents sent to support."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated, Any

import typer

from core.model.reference import parse_reference
from hub import say, tables
from hub.authority import check_there
from hub.database import open_database
from hub.errors import HubError, HubInputError
from hub.receiving import FOLDER
from hub.store import HubStore

app = typer.Typer(help="What agents sent to support.", rich_markup_mode=None)

DataOption = Annotated[
    Path, typer.Option("--data", help="The hub's folder.", envvar="PLATEN_HUB_DATA")
]
_DATA = Path("platen-hub-data")


def _all(data: Path) -> list[dict[str, Any]]:
    check_there(data)
    store = HubStore(open_database(data))
    try:
        return store.bundles()
    finally:
        store.close()


@app.callback(invoke_without_command=True)
def list_command(
    context: typer.Context,
    data: DataOption = _DATA,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the bundles, oldest first."""
    if context.invoked_subcommand is not None:
        context.obj = data
        return

    def work() -> None:
        rows = _all(data)
        if as_json:
            say.lines(tables.bundle_lines(rows))
        else:
            say.table(tables.bundles(rows))

    say.do(work)


@app.command("save")
def save_command(
    context: typer.Context,
    reference: Annotated[str, typer.Argument(help="Its reference number, such as K7F-3QX.")],
    file: Annotated[Path, typer.Argument(help="Where to write it.")],
    customer: Annotated[
        str | None, typer.Option(help="Whose, where two customers have one of this number.")
    ] = None,
    data: Annotated[Path | None, typer.Option("--data", help="The hub's folder.")] = None,
) -> None:
    """Save one as a file."""
    folder = data or context.obj or _DATA

    def work() -> None:
        row = the_one(_all(folder), parse_reference(reference), customer)
        try:
            with (folder / FOLDER / row["file"]).open("rb") as source, file.open("xb") as target:
                shutil.copyfileobj(source, target)
        except OSError as error:
            raise HubError(
                "bundle_file",
                f"The bundle cannot be saved: {error.strerror} ({error.filename}).",
                "An existing file is never written over.",
            ) from None
        say.stdout.print(f"{row['reference']} of {row['customer']}: {file}", markup=False)

    say.do(work)


def the_one(rows: list[dict[str, Any]], reference: str, customer: str | None) -> dict[str, Any]:
    """Find the bundle that is meant; raises ``HubInputError``."""
    found = [
        row for row in rows if row["reference"] == reference and customer in {None, row["customer"]}
    ]
    if len(found) > 1:
        names = ", ".join(row["customer"] for row in found)
        raise HubInputError(
            "bundle_ambiguous",
            f"More than one customer has a bundle {reference}: {names}.",
            "Say whose with --customer.",
        )
    if not found:
        raise HubInputError(
            "no_such_bundle", f"There is no bundle {reference}.", "See `platen-hub bundles`."
        )
    return found[0]
