"""The command line. One module a command; a command parses, calls one plain function, renders."""

from __future__ import annotations

import importlib
import logging
import sys
from typing import Any

import click

from geomap import __version__
from geomap.cli.exits import EXIT_FAILURE

# Commands are imported when they are called: `geomap --help` must answer at once.
_COMMANDS = {
    "map": "Write the HTML map of one or more articles.",
    "parse": "Write what was found as JSON Lines, one record an article.",
    "export": "Write events or toponyms for GIS tools and tables.",
    "explain": "Tell why each toponym was resolved as it was.",
    "evaluate": "Measure against gold annotations.",
    "gazetteer": "Search and describe the gazetteer.",
}


class _LazyGroup(click.Group):
    """A group that knows its commands' names and imports each one on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the command names in the order of the manual."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, None for an unknown name."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"geomap.cli.{cmd_name}")
        command: click.Command = getattr(module, "map_" if cmd_name == "map" else cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: geomap map article.txt --date 2015-09-01",
)
@click.version_option(__version__, prog_name="geomap")
@click.option("-v", "--verbose", count=True, help="Say more on stderr (twice: everything).")
@click.option("-q", "--quiet", count=True, help="Say less on stderr (twice: nothing but errors).")
def cli(verbose: int, quiet: int) -> None:
    """From news about armed conflict to maps: what happened where and when, offline."""
    level = logging.WARNING + 10 * (quiet - verbose)
    logging.basicConfig(level=level, format="%(message)s", stream=sys.stderr)
    logging.getLogger("geomap").setLevel(min(level, logging.INFO) if not quiet else level)


def main(args: list[str] | None = None, **extra: Any) -> None:
    """Run the command line; errors become one line on stderr, never a traceback."""
    from geomap.errors import GeomapError

    try:
        cli.main(args=args, prog_name="geomap", **extra)
    except GeomapError as error:
        click.echo(f"geomap: {error}", err=True)
        sys.exit(EXIT_FAILURE)
    except BrokenPipeError:
        # The reader (head, less) has what it wanted.
        sys.stderr.close()
        sys.exit(0)
