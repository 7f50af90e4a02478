"""A question to whoever sits at the terminal."""

import click


def ask(question: str) -> str | None:
    """Return what is typed in answer; None where the input is closed, or Ctrl-C skips it.

    The question goes to standard output like everything else. Left to `input`, which click uses, it
    would go to the process's error stream wherever no line editor is loaded, and that stream is
    the native libraries' (`formcheck.cli.main.send_native_noise_away`): nobody would see it.
    """
    click.echo(f"{question} ", nl=False)
    try:
        return str(click.prompt("", prompt_suffix="", default="", show_default=False))
    except click.Abort:
        click.echo()
        return None
