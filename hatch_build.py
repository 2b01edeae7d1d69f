"""Build hook: makes the protobuf and gRPC modules from ``proto/platen/v1/*.proto``.

Generated code is never kept in git; it is written beside the ``.proto`` files at every install
(editable or wheel), by the grpcio-tools that the lock file pins.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ProtobufHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs protoc before hatchling collects files."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Generate ``*_pb2.py``, ``*_pb2_grpc.py`` and their type stubs."""
        root = Path(self.root)
        sources = sorted(root.glob("proto/platen/v1/*.proto"))
        scripts = Path(sys.executable).parent
        suffix = ".exe" if sys.platform == "win32" else ""
        subprocess.run(
            [
                sys.executable,
                "-m",
                "grpc_tools.protoc",
                f"-I{root}",
                f"--python_out={root}",
                f"--grpc_python_out={root}",
                f"--plugin=protoc-gen-mypy={scripts / ('protoc-gen-mypy' + suffix)}",
                f"--plugin=protoc-gen-mypy_grpc={scripts / ('protoc-gen-mypy_grpc' + suffix)}",
                f"--mypy_out=quiet:{root}",
                f"--mypy_grpc_out=quiet:{root}",
                *map(str, sources),
            ],
            check=True,
        )
