"""The command `formcheck`: every pose is a command of its own, found from its file."""

import errno
import io
import os
import stat
import sys
from enum import IntEnum
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from formcheck.catalogue import SHIPPED, Entry, entries, find, load_routine
from formcheck.cli.interrupts import Ended
from formcheck.cli.options import refuse_source
from formcheck.errors import FormcheckError
from formcheck.pose.names import nearest
from formcheck.printable import printable
from formcheck.redaction import redacted


class ExitStatus(IntEnum):
    """How the program ends."""

    DONE = 0
    FAILED = 1
    WRONG_USAGE = 2
    HANGUP = 129
    """The terminal was closed."""
    INTERRUPTED = 130
    TERMINATED = 143


_COMMANDS: Final = {
    "calibrate": "calibrate",
    "doctor": "doctor",
    "export": "history",
    "forget": "history",
    "history": "history",
    "learn": "learn",
    "poses": "poses",
    "remind": "remind",
    "report": "report",
    "score": "score",
}
"""The commands that belong to no one pose, and where in `formcheck.cli.commands` they are."""


class _Poses(click.Group):
    """A group whose commands are the poses, the routines and `_COMMANDS`.

    Each is imported when it is asked for: whoever stretches waits for nothing else.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*(entry.name for entry in entries()), *_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _COMMANDS:
            module = import_module(f"formcheck.cli.commands.{_COMMANDS[cmd_name]}")
            command = getattr(module, f"{cmd_name}_command")
            assert isinstance(command, click.Command)
            return command
        is_file = cmd_name.endswith(".toml")
        entry = None if is_file else find(cmd_name)
        if entry is not None and entry.is_routine:
            from formcheck.cli.commands.routine import routine_command

            return routine_command(load_routine(cmd_name))
        if entry is not None or is_file:
            from formcheck.cli.commands.pose import pose_command

            if entry is None:
                return pose_command(Path(cmd_name), is_sure=False)
            return pose_command(entry.path, is_sure=entry.origin == SHIPPED)
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name in _COMMANDS or name.startswith("-") or name.endswith(".toml"):
            return super().resolve_command(ctx, args)
        if find(name) is not None:
            return super().resolve_command(ctx, args)
        refuse_source(name, "formcheck")
        known = self.list_commands(ctx)
        near = nearest(name, known)
        remedy = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}."
        raise FormcheckError(f"No pose or command is called {name!r}; {remedy}")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        known = list(entries())
        for heading, is_routine in (("Stretches", False), ("Routines", True)):
            with formatter.section(heading):
                formatter.write_dl(
                    [(each.name, _title(each)) for each in known if each.is_routine is is_routine]
                )
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, command.get_short_help_str(70))
                    for name in _COMMANDS
                    if (command := self.get_command(ctx, name)) is not None
                ]
            )


def _title(entry: Entry) -> str:
    try:
        if entry.is_routine:
            return load_routine(entry.name).title
        from formcheck.pose.definition import read_pose

        return read_pose(entry.path).title
    except FormcheckError:
        return f"(its file is broken: see formcheck poses {entry.name})"


_EPILOG: Final = """\b
Words are completed by Tab after this, which belongs into the shell's own file:
  bash  eval "$(_FORMCHECK_COMPLETE=bash_source formcheck)"   (~/.bashrc)
  zsh   eval "$(_FORMCHECK_COMPLETE=zsh_source formcheck)"    (~/.zshrc)
  fish  _FORMCHECK_COMPLETE=fish_source formcheck | source    (config.fish)

\b
Exit status:
  0    done
  1    not done, or not wholly: a sentence says why, and what to do
  2    the command was typed wrong
  129  the terminal was closed; 130: Ctrl-C; 143: ended by a shutdown

Colours are left out where NO_COLOR is set, and where the output is no terminal.
"""


def _tell_version(ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if not is_asked or ctx.resilient_parsing:
        return
    from importlib.metadata import version

    from formcheck.io.model import MODEL_NAME, fingerprint, read_model

    click.echo(f"formcheck, version {version('formcheck')}")
    click.echo(f"pose model {MODEL_NAME}, SHA-256 {fingerprint(read_model())}")
    ctx.exit()


@click.group(
    cls=_Poses,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EPILOG,
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version and the model's hash, and exit.",
)
def cli() -> None:
    """Count the seconds of a stretch in front of a webcam, only while the form is right.

    Start with: formcheck lunge-stretch
    """


def run(arguments: list[str]) -> int:
    """Run the command line; return its `ExitStatus`. A bug keeps its traceback."""
    try:
        status = cli.main(arguments, prog_name="formcheck", standalone_mode=False)
    except FormcheckError as error:
        click.echo(f"formcheck: {printable(redacted(str(error), arguments))}", err=True)
        return ExitStatus.FAILED
    except click.exceptions.NoArgsIsHelpError as help_:
        click.echo(help_.format_message())
        return ExitStatus.DONE
    except click.UsageError as error:
        usage = io.StringIO()
        error.show(usage)
        click.echo(printable(redacted(usage.getvalue(), arguments)), err=True, nl=False)
        return ExitStatus.WRONG_USAGE
    except (KeyboardInterrupt, click.Abort) as error:
        # click raises its own in place of a signal's.
        ended = error if isinstance(error, Ended) else error.__cause__
        return ended.status if isinstance(ended, Ended) else ExitStatus.INTERRUPTED
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read has read enough
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
            return ExitStatus.FAILED
        if error.errno == errno.EIO and _is_terminal_gone():
            sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
            return ExitStatus.HANGUP
        if error.errno == errno.ENOSPC:
            click.echo("formcheck: The disk is full. Make room, then try again.", err=True)
            return ExitStatus.FAILED
        if error.errno in (errno.ENAMETOOLONG, errno.EACCES) and error.filename is not None:
            where = printable(redacted(os.fsdecode(error.filename), arguments))
            click.echo(
                f"formcheck: {where} cannot be used: {error.strerror}. Name another file.", err=True
            )
            return ExitStatus.FAILED
        raise
    return status if isinstance(status, int) else ExitStatus.DONE


def _is_terminal_gone() -> bool:
    """Tell whether the output is a terminal that was closed: a device, but no terminal any more."""
    descriptor = sys.stdout.fileno()
    return stat.S_ISCHR(os.fstat(descriptor).st_mode) and not os.isatty(descriptor)


def send_native_noise_away() -> None:
    """Keep what the native libraries write about themselves off the person's screen.

    MediaPipe, FFmpeg and Qt write to the process's error stream directly. Python's own
    `sys.stderr` moves to a copy of it, so that messages and tracebacks still show. Set
    FORMCHECK_NATIVE_LOG to a file to read what the libraries said.

    Raises:
        OSError: That file cannot be written.
    """
    path = os.environ.get("FORMCHECK_NATIVE_LOG") or os.devnull
    theirs = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    ours = os.dup(2)
    os.dup2(theirs, 2)
    os.close(theirs)
    sys.stderr = os.fdopen(
        ours, "w", buffering=1, encoding=sys.stderr.encoding, errors=sys.stderr.errors
    )
