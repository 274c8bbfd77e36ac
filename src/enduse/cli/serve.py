"""`enduse serve`: the web server."""

from __future__ import annotations

import click

from enduse.cli.base import Command, Exit, help_text, lang_option


@click.command("serve", cls=Command, help=help_text("serve"))
@click.option("--workers", type=click.IntRange(1, 64), metavar="N", help=help_text("workers"))
@click.option("--address", metavar="ADDRESS", help=help_text("address"))
@click.option("--port", type=click.IntRange(1, 65535), metavar="PORT", help=help_text("port"))
@lang_option
def serve(workers: int | None, address: str | None, port: int | None) -> int:
    """Serve until told to stop. Says no where the database is not of this version or not guarded."""
    from enduse.config import start

    start.django()
    from django.conf import settings

    from enduse.config import logs, serving

    config = settings.CONFIG
    how = serving.Serving(address or config.address, port or config.port, workers or serving.workers_for(config))
    serving.refuse_unready()
    serving.refuse_taken(how.address, how.port)
    logs.set_up(config.log_format)
    from enduse.config.wsgi import application

    return Exit.fault if serving.serve(application, how) else Exit.yes
