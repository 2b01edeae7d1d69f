"""A service of systemd: an account of its own, and as little of the system as it needs."""

from __future__ import annotations

from pathlib import Path

from core.host.machine import LINUX
from core.host.startup.manager import Program, Ran, Runner, StartupStatus, failed, refused

UNIT = Path("/etc/systemd/system/platen.service")
_ROOT = "Be root: sudo platen service install --machine."

_TEXT = """\
[Unit]
Description=Platen: reads this site's printers
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
ExecStart={command}
User={account}
# The group may open the agent's socket: its members are the operators.
Group={group}
StateDirectory=platen
StateDirectoryMode=0700
RuntimeDirectory=platen
RuntimeDirectoryMode=0750
UMask=0077
# An agent that hangs ends itself with 75; one that a person stopped ends with 0.
Restart=on-failure
RestartSec=5
RestartSteps=6
RestartMaxDelaySec=300
TimeoutStopSec=30

NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
ProtectProc=invisible
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
# Netlink is how the routes and interfaces are read; no raw sockets, no packet sockets.
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
# Printers on a cable: their device files, and nothing else in /dev.
DevicePolicy=closed
DeviceAllow=char-usblp rw
DeviceAllow=char-usb_device r

[Install]
WantedBy=multi-user.target
"""


class SystemdService:
    """``platen.service``; needs root to install and remove."""

    def __init__(self, run: Runner, unit: Path = UNIT) -> None:
        self._run = run
        self._unit = unit

    def install(self, program: Program) -> str:
        """See ``Startup``: makes account and group, writes the unit, starts it."""
        self._account()
        text = unit_text(program)
        try:
            self._unit.write_text(text, encoding="utf-8")
            self._unit.chmod(0o644)
        except OSError as error:
            raise failed(f"{self._unit} cannot be written", error) from None
        self._must("daemon-reload")
        self._must("enable", "--now", self._unit.name)
        return (
            f"The service {self._unit.name} runs, and starts with this computer. Whoever is to use "
            f"it joins the group {LINUX.group}: usermod -aG {LINUX.group} NAME."
        )

    def remove(self) -> str:
        """See ``Startup``: data and account stay, so that nothing is lost by mistake."""
        if not self._unit.exists():
            return "There is no such service."
        self._run(("systemctl", "disable", "--now", self._unit.name))
        try:
            self._unit.unlink()
        except OSError as error:
            raise failed(f"{self._unit} cannot be removed", error) from None
        self._must("daemon-reload")
        return f"The service is gone; its data is kept in {LINUX.data}."

    def status(self) -> StartupStatus:
        """See ``Startup``."""
        said = self._run(("systemctl", "is-active", self._unit.name))
        word = said.output.strip().splitlines()[-1] if said.output.strip() else ""
        known = said.status != _NO_PROGRAM
        running = said.status == 0 if known else None
        return StartupStatus(self._unit.exists(), str(self._unit), running, word)

    def _account(self) -> None:
        for kind, name, make in (
            ("group", LINUX.group, ("groupadd", "--system", LINUX.group)),
            ("passwd", LINUX.account, _useradd()),
        ):
            if self._run(("getent", kind, name)).status != 0:
                made = self._run(make)
                if made.status != 0:
                    raise refused(f"{name} cannot be made", _last(made), _ROOT)

    def _must(self, *arguments: str) -> None:
        said = self._run(("systemctl", *arguments))
        if said.status != 0:
            what = f"systemctl {' '.join(arguments)} failed"
            raise refused(what, _last(said), f"{_ROOT} See: journalctl -u {self._unit.name}.")


_NO_PROGRAM = 127


def unit_text(program: Program) -> str:
    """Give the unit for a program."""
    command = " ".join(map(_quoted, program.command))
    return _TEXT.format(command=command, account=LINUX.account, group=LINUX.group)


def _quoted(argument: str) -> str:
    """Quote one argument (systemd.service(5), "Command lines")."""
    argument = argument.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + argument.replace("%", "%%").replace("$", "$$") + '"'


def _useradd() -> tuple[str, ...]:
    return (
        "useradd", "--system", "--gid", LINUX.group, "--home-dir", str(LINUX.data),
        "--no-create-home", "--shell", "/usr/sbin/nologin", LINUX.account,
    )  # fmt: skip


def _last(said: Ran) -> str:
    lines = [line.strip() for line in said.output.splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else f"exit status {said.status}"
