"""Writes the CLI reference: ``python -m geomap.cli.reference > docs/cli.md``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from geomap.cli import cli

_HEAD = """# Command line

Made from the commands' own help by `python -m geomap.cli.reference > docs/cli.md`.

Data goes to stdout, messages and progress to stderr. Exit codes: 0 done, 1 failure, 2 wrong usage,
3 some inputs failed (named on stderr, or by `batch` in errors.jsonl) and the rest was written.
"""


def reference() -> str:
    """Return the help of every command as Markdown."""
    sections = [_HEAD]
    for context in _walk(_context(cli, "geomap", None)):
        text = context.command.get_help(context)
        sections.append(f"## {context.command_path}\n\n```\n{text}\n```\n")
    return "\n".join(sections)


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    settings = {"max_content_width": 100, "terminal_width": 100, **command.context_settings}
    return click.Context(command, info_name=name, parent=parent, **settings)


def _walk(context: click.Context) -> Iterator[click.Context]:
    yield context
    command = context.command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from _walk(_context(child, name, context))


if __name__ == "__main__":
    click.echo(reference(), nl=False)
