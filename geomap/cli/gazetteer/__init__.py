"""``geomap gazetteer``: look places up, keep them up to date, add and block one's own."""

from __future__ import annotations

import click

from geomap.cli.gazetteer.contents import info
from geomap.cli.gazetteer.own import add, block, edit, remove, unblock
from geomap.cli.gazetteer.own_files import export, import_
from geomap.cli.gazetteer.search import search
from geomap.cli.gazetteer.updates import rollback, update

_COMMANDS = (search, info, update, rollback, add, edit, remove, block, unblock, import_, export)


class _InOrder(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the manual."""
        return list(self.commands)


@click.group(cls=_InOrder)
def gazetteer() -> None:
    """Look places up, keep the gazetteer up to date, add and block places.

    \b
    Example: geomap gazetteer search "Tschassiw Jar"
    """


for _command in _COMMANDS:
    gazetteer.add_command(_command)
