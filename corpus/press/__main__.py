"""The command line of the press."""

import click

from corpus.press import drawing, starter


@click.command("python -m corpus.press")
@click.option("--check", is_flag=True, help="Set nothing; name the PDFs that are not current.")
def main(check: bool) -> None:
    """Set the Markdown sources of the starter documents as PDF.

    Exit status 1 when something named on stderr is wrong.
    """
    problems = starter.faults() if check else drawing.set_all()
    for problem in problems:
        click.echo(problem, err=True)
    raise SystemExit(1 if problems else 0)


if __name__ == "__main__":
    main()
