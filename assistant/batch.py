"""A batch: a JSON object a line in, an answer a line out, in order, over one process or several.

Every line gets exactly one line back.  A line that asks nothing gets an error with its reason, and the batch goes on.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from assistant import render
from assistant.dialogue import Assistant, Conversations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from queue import Queue

#: How many lines are handed out at once at most, to all processes together, and how many such rounds are under way.
ROUND, AHEAD = 256, 3
#: How deep a line may nest: less than any Python can follow, so that it does not matter which process reads it.
DEEPEST = 100
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?')


class Request(NamedTuple):
    """A line of a batch as it was read."""

    id: Any = None
    question: str = ""
    session: str | None = None
    error: str = ""
    """what is wrong with the line, "" when nothing is"""


class Reply(NamedTuple):
    """The line that is given back, and the status in it."""

    line: str
    status: str


def request(line: str) -> Request:
    """Return what a line asks; one that is no JSON, no object or has no question has an error instead."""
    if not line.strip():
        return Request(error="an empty line")
    if _depth(line) > DEEPEST:
        return Request(error=f"nested deeper than {DEEPEST} brackets")
    try:
        row = json.loads(line, parse_constant=_refuse, parse_float=_float, parse_int=_int)
    except ValueError as error:
        return Request(error=f"not JSON: {error}")
    if not isinstance(row, dict):
        return Request(error='a line is an object with "question", a text')
    id_, question, session = row.get("id"), row.get("question"), row.get("session")
    if not isinstance(question, str):
        return Request(id_, error='"question" must be a text')
    named = session if session is None or isinstance(session, str) else json.dumps(session)
    return Request(id_, question, named)


def _depth(line: str) -> int:
    """Return how deep the brackets of a line nest at most, those within strings left out."""
    if line.count("[") + line.count("{") <= DEEPEST:
        return 1
    depth = deepest = 0
    for char in _STRING.sub("", line):
        depth += (char in "[{") - (char in "]}")
        deepest = max(deepest, depth)
    return deepest


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")


def _float(text: str) -> float:
    if (value := float(text)) in (float("inf"), float("-inf")):  # it could not be given back as JSON
        raise ValueError(f"{text[:20]} is too large a number")
    return value


def _int(text: str) -> int:
    try:
        return int(text)
    except ValueError:  # of more digits than Python reads
        raise ValueError(f"a number of {len(text):,} digits is too long") from None


class Batch:
    """What answers the lines of a batch, and remembers its conversations: those of one session are one."""

    def __init__(self, assistant: Assistant) -> None:
        self.talks = Conversations(assistant)

    def reply(self, line: str) -> Reply:
        """Return what is given back for a line."""
        asked = request(line)
        if asked.error:
            error = {"schema": 1, "id": asked.id, "status": "error", "answer": "", "error": asked.error}
            return Reply(json.dumps(error), "error")
        answer = self.talks.ask(asked.question, asked.session)
        told = render.as_json(answer, asked.id)
        if asked.session is not None:
            told["session"] = asked.session  # so that it can be asked again
        return Reply(json.dumps(told), answer.outcome)


def replies(lines: Iterable[str], assistant: Assistant, jobs: int = 1) -> Iterator[Reply]:
    """Yield a reply for every line, in order, each before the next line is needed.

    With more than one job the lines are answered by so many processes: the same replies in the same order, for a
    session stays with one process.  Memory does not grow with the number of lines.
    """
    if jobs > 1:
        yield from _spread(lines, assistant, jobs)
    else:
        yield from map(Batch(assistant).reply, lines)


def _spread(lines: Iterable[str], assistant: Assistant, jobs: int) -> Iterator[Reply]:
    """Yield the replies of several processes, round by round.  What has come in is answered before more is awaited."""
    from queue import Queue

    waiting: Queue[str | OSError | None] = Queue(ROUND * AHEAD)
    pools = _pools(assistant, jobs)
    _reader(lines, waiting)
    under_way: deque[tuple[list[int], dict[int, Future[list[Reply]]]]] = deque()
    more = True
    try:
        while more or under_way:
            if under_way and (not more or len(under_way) >= AHEAD or waiting.empty()):
                yield from _in_order(*under_way.popleft())
                continue
            taken, more = _taken(waiting)
            to = [_job(line, at, jobs) for at, line in enumerate(taken)]
            shares = {n: [line for line, job in zip(taken, to, strict=True) if job == n] for n in set(to)}
            under_way.append((to, {n: pools[n].submit(_answered, share) for n, share in shares.items()}))
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def tidy_end() -> Iterator[None]:
    """Let SIGTERM, as `timeout` sends it, end a batch as Ctrl-C does: with its processes, and with no word of them."""
    import signal

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _pools(assistant: Assistant, jobs: int) -> list[ProcessPoolExecutor]:
    """Return one pool of one process for each job: a session is always answered by the same."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    how = multiprocessing.get_context("forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else None)
    return [ProcessPoolExecutor(1, how, initializer=_begin, initargs=(assistant,)) for _ in range(jobs)]


def _reader(lines: Iterable[str], waiting: Queue[str | OSError | None]) -> None:
    """Let a thread put the lines where they can be taken without waiting for the next one; None after the last.

    What goes wrong as they are read is put there too, for who takes them to raise.
    """
    import threading

    def put() -> None:
        try:
            for line in lines:
                waiting.put(line)
        except OSError as error:
            waiting.put(error)
        finally:
            waiting.put(None)

    threading.Thread(target=put, daemon=True).start()


def _taken(waiting: Queue[str | OSError | None]) -> tuple[list[str], bool]:
    """Return the lines that are there, at least one, and whether there may be more."""
    taken: list[str] = []
    while len(taken) < ROUND and not (taken and waiting.empty()):
        line = waiting.get()
        if isinstance(line, OSError):
            raise line
        if line is None:
            return taken, False
        taken.append(line)
    return taken, True


def _job(line: str, at: int, jobs: int) -> int:
    """Return which process answers a line: those of a session the same one, the others in turn."""
    if '"session"' not in line and "\\u" not in line:  # which may spell it
        return at % jobs
    import zlib

    session = request(line).session
    return at % jobs if session is None else zlib.crc32(session.encode("utf-8", "surrogatepass")) % jobs


def _in_order(to: list[int], futures: dict[int, Future[list[Reply]]]) -> Iterator[Reply]:
    """Yield the replies of a round in the order of its lines."""
    shares = {job: iter(future.result()) for job, future in futures.items()}
    return (next(shares[job]) for job in to)


_batch: list[Batch] = []


def _begin(assistant: Assistant) -> None:
    """Begin in a process of its own; Ctrl-C is the first process's to hear, and without that one it ends."""
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_the_first, daemon=True).start()
    _batch[:] = [Batch(assistant)]


def _leave_with_the_first() -> None:
    """End when the first process has ended, however it did: one that was killed could not say so."""
    import multiprocessing
    import os

    if (first := multiprocessing.parent_process()) is not None:
        first.join()
        os._exit(1)


def _answered(lines: list[str]) -> list[Reply]:
    return [_batch[0].reply(line) for line in lines]
