"""`enduse work`: the background worker."""

from __future__ import annotations

import click

from enduse.cli.base import Command, Exit, help_text, lang_option
from enduse.cli.language import language
from enduse.words import say


@click.command("work", cls=Command, help=help_text("work"))
@click.option("--once", is_flag=True, help=help_text("once"))
@lang_option
def work(once: bool) -> int:
    """Sweep until told to stop; with `--once` one round, and a no where a deal is stuck."""
    from enduse.config import start

    start.django()
    from django.conf import settings

    from enduse.config import logs, serving, working

    serving.refuse_unready()
    logs.set_up(settings.CONFIG.log_format)
    worker = working.Worker(settings.CONFIG.sweep_seconds)
    working.on_signals(worker.stop)
    if not once:
        worker.go()
        return Exit.yes
    done = worker.round()
    if done is None:
        return Exit.fault
    click.echo(say("work.done", language(), looked=done.looked, changed=done.changed))
    for stuck in done.stuck:
        click.echo(say("work.stuck", language(), reference=stuck.reference, why=f"{type(stuck.error).__name__}: {stuck.error}"), err=True)
    return Exit.fault if done.stuck else Exit.yes
