"""Writes the CLI reference: ``python -m geomap.cli.reference > docs/cli.md``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from geomap.cli import cli

_HEAD = """# Command line

Made from the commands' own help by `python -m geomap.cli.reference > docs/cli.md`.

Data goes to stdout, messages and progress to stderr. Exit codes: 0 done, 1 failure, 2 wrong usage,
3 some inputs failed (named on stderr) and the rest was written.
"""


def reference() -> str:
    """Return the help of every command as Markdown."""
    sections = [_HEAD]
    for path, command in _walk("geomap", cli):
        context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
        sections.append(f"## {path}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(sections)


def _walk(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from _walk(f"{path} {name}", child)


if __name__ == "__main__":
    click.echo(reference(), nl=False)
