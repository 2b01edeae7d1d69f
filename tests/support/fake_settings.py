"""What the agent in memory knows of settings and credentials: by the real rules, without a file."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from core.model.action import (
    DeleteCredentialsArguments,
    Origin,
    SetCredentialsArguments,
    SetSettingsArguments,
)
from core.model.jsonio import to_json
from core.model.problem import BadInputError
from core.model.setting import CredentialName
from core.secrets import CredentialSet
from core.settings import Settings
from core.settings.change import changed, differences
from core.settings.shown import shown


@dataclass
class FakeSettings:
    """Settings and credentials of an agent in memory."""

    settings: Settings = field(default_factory=Settings)
    secrets: dict[str, CredentialSet] = field(default_factory=dict)

    def set(self, arguments: SetSettingsArguments, origin: Origin = Origin.CONSOLE) -> list[str]:
        """Set them; gives the keys that differ. Raises what the agent's own rules raise."""
        values = {row.path: row.value for row in shown(self.settings)}
        if any(values[path] != value for path, value in (arguments.seen or {}).items()):
            raise BadInputError("setting_changed", "It was changed elsewhere.", "Look again.")
        new = changed(self.settings, arguments.values, origin)
        told = differences(self.settings, new)
        self.settings = new
        return list(told)

    def keep(self, arguments: SetCredentialsArguments) -> None:
        """Keep credentials."""
        self.secrets[arguments.name] = msgspec.convert(arguments.credentials, CredentialSet)

    def keep_names(self, *names: str) -> None:
        """Keep something under each of these names."""
        for name in names:
            self.secrets[name] = CredentialSet(("secret",))

    def forget(self, arguments: DeleteCredentialsArguments) -> None:
        """Forget credentials."""
        del self.secrets[arguments.name]

    def rows(self) -> tuple[str, ...]:
        """Answer the query for settings."""
        return tuple(to_json(row) for row in shown(self.settings))

    def names(self) -> tuple[str, ...]:
        """Answer the query for credentials."""
        return tuple(
            to_json(CredentialName(name, **kept.kinds))
            for name, kept in sorted(self.secrets.items())
        )
