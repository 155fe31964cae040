"""Commands: serving the pages."""

from __future__ import annotations

import click

from index.cli.terminal import fail, opened


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="The port to listen on.",
)
@click.option(
    "--log", is_flag=True, help="Write a line of JSON for each request to standard error."
)
@click.option("--private", is_flag=True, help="Show nothing without a sign-in or a key.")
@click.option(
    "--behind-proxy",
    is_flag=True,
    help="Believe X-Forwarded-Proto, -Host and -For: a proxy does TLS.",
)
@click.option(
    "--rate",
    type=click.IntRange(0, 100_000),
    help="Questions a minute for each address, 0 for any number. "
    "[default: 120 where others can reach the server]",
)
@click.pass_obj
def serve(
    home: str | None,
    host: str,
    port: int,
    log: bool,
    private: bool,
    behind_proxy: bool,
    rate: int | None,
) -> None:
    """Serve the search page."""
    from web.serve import PortTakenError
    from web.serve import serve as run

    with opened(home) as library:
        try:
            run(
                library,
                host,
                port,
                log=log,
                private=private,
                behind_proxy=behind_proxy,
                rate=rate,
            )
        except PortTakenError as error:
            fail(str(error))


COMMANDS = (serve,)
