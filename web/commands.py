"""Commands: serving the pages."""

from __future__ import annotations

import click

from index.terminal import fail, opened


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--log", is_flag=True, help="Write a JSON line a request to stderr.")
@click.pass_obj
def serve(home: str | None, host: str, port: int, log: bool) -> None:
    """Serve the search page."""
    from web.serve import PortTakenError
    from web.serve import serve as run

    with opened(home) as library:
        try:
            run(library, host, port, log)
        except PortTakenError as error:
            fail(str(error))


COMMANDS = (serve,)
