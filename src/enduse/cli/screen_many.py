"""`enduse screen --input`: a table of names held against the lists by several processes, in order, going on where it broke off."""

from __future__ import annotations

import gc
import itertools
import json
import multiprocessing
import os
import signal
import sys
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path

import click

from enduse.cli.base import Exit, worst
from enduse.cli.terminal import clean
from enduse.documents.name_rows import NameRow, NameTable, rows_of
from enduse.domain.rules import canonical
from enduse.domain.screening.query import Query
from enduse.domain.screening.search import Norms
from enduse.formats.answers import line_of
from enduse.formats.problems import BadInput, Problem, short
from enduse.formats.receipts import answer, troubles
from enduse.stores.answers import Answers, answers_in, digest_of_file
from enduse.stores.places import read_again, same, to_be_written
from enduse.stores.questions import Value, query_from, sound
from enduse.stores.screening import Desk, desk
from enduse.words import say

CHUNK = 200  # rows that a process answers at a time
AHEAD = 3  # chunks a process, that may wait for their turn
REMEMBERED = 1_000  # questions a process: who asks the same a million times is answered once a process
PARTLY = "partly"  # hits of a name that was not wholly searched by: counted with the hits and with the bad ones
SHOWN_EVERY = 0.2  # seconds
Work = tuple[int, Mapping[str, Value], str]  # the row's number, its values, or why it cannot be read (as JSON)
Done = tuple[bytes, dict[str, int]]


@dataclass(frozen=True)
class Ask:
    """What a table is asked of the lists: everything that a process needs to answer its part."""

    source: str
    data: Path
    words: Sequence[str] | None
    limits: Mapping[str, int] | None
    norms: Norms
    lang: str
    at: datetime


def screen_many(ask: Ask, output: str, *, sheet: str | None, workers: int | None, restart: bool, as_json: bool) -> int:
    """Answer every row of a table, one line each in its order; the worst exit code of all."""
    source = ask.source
    place = to_be_written(output)
    read_again(source)
    if same(source, output):
        raise BadInput(Problem("screen.same_file", values={"file": output}, file=output))
    digest, lines = digest_of_file(source)
    ready = desk(ask.data, at=ask.at, words=ask.words, limits=ask.limits)
    if not ready.lists:
        raise BadInput(Problem("screen.no_lists"))
    table, rows = rows_of(source, sheet=sheet)
    first = next(rows)  # a table that will not do is told before anything is written
    with _telling(ask.lang), answers_in(place, _key(ask, ready, digest, sheet), restart=restart) as answers:
        if answers.begun:
            click.echo(say("screen.resumed", ask.lang, count=answers.rows), err=True)
        left = itertools.islice(itertools.chain([first], rows), answers.rows, None)
        many = workers or os.cpu_count() or 1
        with _Progress(ask.lang, lines) as progress:
            for lines_done, counts in _answered(ask, ready, _chunks(left, ask), many):
                answers.write(lines_done, sum(counts.values()), counts)
                progress.shown(answers.rows)
        answers.end()
    return _told(ask, ready, answers, table, as_json)


@contextmanager
def _telling(lang: str) -> Iterator[None]:
    """Say that it goes on, where somebody stops it."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(say("screen.interrupted", lang), err=True)
        raise


def _key(ask: Ask, ready: Desk, digest: str, sheet: str | None) -> dict[str, str]:
    """What has to be the same for a screening that broke off to go on."""
    return {
        "input": digest,
        "lists": canonical([[one.word, one.digest] for one in ready.lists]),
        "norms": canonical([ask.norms.threshold, dict(ask.norms.of), ask.norms.limit]),
        "algorithm": ready.index.algorithm,
        "lang": ask.lang,
        "sheet": sheet or "",
    }


def _told(ask: Ask, ready: Desk, answers: Answers, table: NameTable, as_json: bool) -> int:
    """Say what came of it; the exit code."""
    counts, lang = Counter(answers.counts), ask.lang
    trouble = troubles(ready.screen(Query("a"), ask.norms, at=ask.at), lang)
    if table.extra:
        click.echo(clean(say("screen.extra", lang, columns=", ".join(table.extra))), err=True)
    if table.sheets:
        click.echo(clean(say("screen.sheets", lang, sheets=", ".join(map(short, table.sheets)))), err=True)
    for why in trouble:
        click.echo(clean(f"{say('error', lang)}: {say('screen.incomplete', lang, why=why)}"), err=True)
    told = {"count": answers.rows, "hits": counts["hits"] + counts[PARTLY], "clear": counts["clear"]}
    told["bad"] = counts["bad"] + counts[PARTLY] + counts["fault"]
    if as_json:
        click.echo(json.dumps({**told, "complete": not trouble, "output": str(answers.path), "sheets_not_read": table.sheets}, ensure_ascii=False))
    else:
        click.echo(say("screen.total", lang, **told))
    return worst(
        Exit.fault if counts["fault"] else Exit.yes,
        Exit.bad if counts["bad"] or counts[PARTLY] or trouble else Exit.yes,
        Exit.no if counts["hits"] else Exit.yes,
    )


def _chunks(rows: Iterable[NameRow], ask: Ask) -> Iterator[list[Work]]:
    """Rows in bundles, as they go to a process."""
    bundle: list[Work] = []
    for row in rows:
        bundle.append((row.number, row.values, "" if row.problem is None else _problems(row.problem, row.number, ask)))
        if len(bundle) == CHUNK:
            yield bundle
            bundle = []
    if bundle:
        yield bundle


def _answered(ask: Ask, ready: Desk, chunks: Iterator[list[Work]], workers: int) -> Iterator[Done]:
    """The answers to bundles of rows, in their order, with little held in memory: here where one process is asked for, else in several."""
    if workers == 1:
        yield from map(_Answering(ask, ready).chunk, chunks)
        return
    waiting: deque[Future[Done]] = deque()
    with _processes(ask, ready, workers) as submit:
        try:
            for chunk in chunks:
                waiting.append(submit(chunk))
                if len(waiting) >= AHEAD * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise BadInput(Problem("screen.workers_lost")) from error


class _processes:
    """Processes that answer. On Linux they are forked after the index was loaded and before anything else runs in this one: they share it.
    Elsewhere each loads the index from its file."""

    def __init__(self, ask: Ask, ready: Desk, workers: int) -> None:
        forked = sys.platform == "linux"
        if forked:
            gc.collect()
            gc.freeze()  # what is never looked at by the collector stays shared
        self.pool = ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("fork" if forked else "spawn"),
            initializer=_begin,
            initargs=(partial(_Answering, ask, ready) if forked else partial(_loaded, ask),),
        )

    def __enter__(self) -> Callable[[list[Work]], Future[Done]]:
        return lambda chunk: self.pool.submit(_work, chunk)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:  # Ctrl-C, a full disk: nobody waits for what will not be written
            for child in multiprocessing.active_children():
                child.terminate()
        self.pool.shutdown(wait=True, cancel_futures=True)


_answering: _Answering | None = None


def _begin(make: Callable[[], _Answering]) -> None:
    """The start of a process: it leaves Ctrl-C to the one that started it, and ends with it, however that ends."""
    global _answering  # noqa: PLW0603  # a process holds one index for all its work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _answering = make()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(Exit.fault)


def _loaded(ask: Ask) -> _Answering:
    return _Answering(ask, desk(ask.data, at=ask.at, words=ask.words, limits=ask.limits))


def _work(chunk: list[Work]) -> Done:
    assert _answering is not None
    return _answering.chunk(chunk)


class _Answering:
    """Answers bundles of rows; a question asked before is not searched again."""

    def __init__(self, ask: Ask, ready: Desk) -> None:
        self.ask, self.ready = ask, ready
        self.answers: dict[Query, tuple[str, bytes]] = {}

    def chunk(self, rows: list[Work]) -> Done:
        """The lines of the rows, and how many of each kind there are."""
        counts: Counter[str] = Counter()
        lines = []
        with suppress(Exception):  # what is wrong with a row is told of that row
            self.ready.warm(query for _, values, problem in rows if not problem and (query := _query(values)) and query not in self.answers)
        for number, values, problem in rows:
            kind, line = self._row(number, values, problem)
            counts[kind] += 1
            lines.append(line)
        return b"".join(lines), dict(counts)

    def _row(self, number: int, values: Mapping[str, Value], problem: str) -> tuple[str, bytes]:
        given = values.get("id")
        head: dict[str, object] = {"id": sound(given) or None if given is not None else None, "row": number}
        if not problem:
            try:
                kind, tail = self._answer(query_from(values))
                return kind, line_of(head).encode()[:-1] + b"," + tail
            except BadInput as error:
                problem, kind = _problems(error, number, self.ask), "bad"
            except Exception as error:  # our own fault: said, never let through, and the others go on
                if os.environ.get("ENDUSE_TRACEBACK"):
                    raise
                fault = BadInput(Problem("own.fault", values={"thing": f"{number}", "why": f"{type(error).__name__}: {error}"}))
                problem, kind = _problems(fault, number, self.ask), "fault"
        else:
            kind = "bad"
        told = json.loads(problem)
        return kind, (line_of({**head, "name": sound(values.get("name")), "error": told[0]["error"], "errors": told}) + "\n").encode()

    def _answer(self, query: Query) -> tuple[str, bytes]:
        """The kind of answer to a question, and its line without the row's own part."""
        if (held := self.answers.get(query)) is not None:
            return held
        found = self.ready.screen(query, self.ask.norms, at=datetime.now(UTC))
        if len(self.answers) >= REMEMBERED:
            self.answers.clear()
        tail = line_of(answer(found, self.ask.lang)).encode()[1:] + b"\n"
        searched, without = ("hits", "clear") if found.read else (PARTLY, "bad")  # a name not searched by is not clear
        self.answers[query] = (searched if found.found.hits else without, tail)
        return self.answers[query]


def _query(values: Mapping[str, Value]) -> Query | None:
    try:
        return query_from(values)
    except BadInput:
        return None


def _problems(error: BadInput, number: int, ask: Ask) -> str:
    """What is wrong with a row, as JSON: exceptions do not go from one process to another."""
    return json.dumps([{"error": one.text(ask.lang), "where": f"{ask.source}:{one.line or number}", "code": one.code} for one in error.problems])


class _Progress:
    """How far it is, on standard error where that is a terminal; drawn from here alone, since a process with threads is not forked well."""

    def __init__(self, lang: str, lines: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:,}"),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self.task = self.bar.add_task(say("screen.progress", lang), total=lines or None, rate="")
        self.last = self.bar.get_time()
        self.before: int | None = None
        self.began = self.last

    def __enter__(self) -> _Progress:
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def shown(self, rows: int) -> None:
        """So many rows are answered."""
        self.before = rows if self.before is None else self.before
        now = self.bar.get_time()
        if now - self.last >= SHOWN_EVERY:
            rate = (rows - self.before) / (now - self.began)
            self.bar.update(self.task, completed=rows, rate=f"{rate:,.0f}/s", refresh=True)
            self.last = now
