"""The command line. One module a command; a command parses, calls one plain function, renders."""

from __future__ import annotations

import importlib
import io
import os
import sys

import click

from geomap import __version__
from geomap.cli.exits import EXIT_FAILURE
from geomap.cli.messages import log, set_up_logging

# Commands are imported when they are called: `geomap --help` must answer at once.
_COMMANDS = {
    "map": "Write the HTML map of one or more articles.",
    "parse": "Write what was found as JSON Lines, one record an article.",
    "export": "Write events or toponyms for GIS tools and tables, or all there is to a database.",
    "batch": "Parse an archive on every core, in parts, to be resumed at any time.",
    "stats": "Count what an archive holds: by country, type, month, precision, who says so.",
    "explain": "Tell why each toponym was resolved as it was.",
    "evaluate": "Measure against gold annotations.",
    "gazetteer": "Look places up, keep the gazetteer up to date, add and block places.",
    "geocode-cache": "Tell or forget what geocoding services answered.",
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
        name = cmd_name.replace("-", "_")
        module = importlib.import_module(f"geomap.cli.{name}")
        command: click.Command = getattr(module, "map_" if name == "map" else name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Call the command; a reader (head, less) that closed the pipe has what it wanted."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _drop_stdout()
            ctx.exit(0)

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
@click.option("-v", "--verbose", count=True, help="Tell what is read and what was found.")
@click.option("-q", "--quiet", count=True, help="Tell only what went wrong (twice: only errors).")
def cli(verbose: int, quiet: int) -> None:
    """From news about armed conflict to maps: what happened where and when, offline."""
    set_up_logging(verbose - quiet)


def main(args: list[str] | None = None) -> None:
    """Run the command line; errors become one line on stderr, never a traceback."""
    set_up_logging()
    # The tagger's matrices are small: threads would only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Data is UTF-8 whatever the locale, or it could not be read back.
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        code = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_stdout()
        code = 0
    except OSError as error:
        _drop_stdout()
        log.error("%s: %s", error.filename or "standard output", error.strerror or error)
        code = EXIT_FAILURE
    sys.exit(code)


def _run(args: list[str] | None) -> int:
    from geomap.errors import GeomapError

    try:
        result = cli.main(args=args, prog_name="geomap", standalone_mode=False)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        _tell_misuse(error)
        return error.exit_code
    except click.Abort:
        log.error("interrupted")
        return EXIT_FAILURE
    except GeomapError as error:
        log.error("%s", error)
        return EXIT_FAILURE
    return result if isinstance(result, int) else 0


def _tell_misuse(error: click.ClickException) -> None:
    message = " ".join(error.format_message().split())
    context = error.ctx if isinstance(error, click.UsageError) else None
    hint = f" (see {context.command_path} --help)" if context else ""
    log.error("%s%s", message, hint)


def _drop_stdout() -> None:
    """Let what is still buffered go nowhere, so that the interpreter ends in silence."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
