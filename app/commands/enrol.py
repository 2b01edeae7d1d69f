"""``platen enrol``: make the running agent one of a dealer's."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.common import DataOption, data_folder, run
from app.commands.local import perform
from app.commands.secret_options import CodeOption
from core.model.action import ActionKind, EnrolArguments


def enrol(
    hub: Annotated[str, typer.Option("--hub", help="HOST:PORT of the dealer's hub.")],
    code: CodeOption,
    data: DataOption = None,
) -> None:
    """Enrol at the dealer's hub with a one-time code."""

    async def go() -> int:
        wanted = EnrolArguments(hub, code)
        await perform(data_folder(data), ActionKind.ENROL, wanted, as_json=False)  # says it
        return 0

    run(go())
