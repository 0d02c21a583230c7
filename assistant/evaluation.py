"""Questions as tests: what each should find, whether it does, and what moved since the last time."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from assistant.dialogue import Assistant, Conversations
from assistant.library import files, stamps
from assistant.lines import lines
from assistant.model import Answer, KnowledgeError, Problem
from assistant.schema import parse_questions

Verdict = Literal["right", "wrong", "asked", "declined"]
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "asked", "declined")
#: An answer longer than this is not read, so it is not right.
WORDS = 250


class Case(NamedTuple):
    """A question and what it should find."""

    group: str
    id: str
    question: str
    session: str = ""
    """cases of one session are one conversation"""
    expect: str = ""
    """`unknown`, `stop`, or page, facet and "step N", as far as they matter"""
    must: tuple[tuple[str, ...], ...] = ()
    """patterns of the answer: one of each group has to be there"""
    never: tuple[str, ...] = ()


class Result(NamedTuple):
    """A case, what came, and whether that was right."""

    case: Case
    answer: Answer
    verdict: Verdict


def cases(paths: Iterable[str]) -> Iterator[Case]:
    """Yield the cases of files: YAML with expect and ask, or JSON a line with question or turns, must, never, scope.

    Raises KnowledgeError for a file that is missing or cannot be read as either.
    """
    for file in files(stamps(paths)) if (paths := list(paths)) else ():
        group = file.name.rpartition(".")[0]
        if file.name.endswith((".yaml", ".yml")):
            rows, problems = parse_questions(file.data, file.shown)
            if problems:
                raise KnowledgeError(f"{file.shown} cannot be read", tuple(problems))
            yield from (
                Case(group, f"{group}.{n}.{m}", ask, expect=expect)
                for n, (expect, asks) in enumerate(rows, 1)
                for m, ask in enumerate(asks, 1)
            )
        else:
            yield from _json_cases(file.data.decode("utf-8-sig", "replace"), file.shown, group)


def _json_cases(text: str, path: str, group: str) -> Iterator[Case]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            id_ = str(row.get("id", number))
            if "turns" in row:
                for at, turn in enumerate(row["turns"]):
                    yield _json_case(
                        turn, turn["ask"], f"{id_}.{at}", f"{group}, {'later' if at else 'first'} turns", id_
                    )
            else:
                yield _json_case(row, row["question"], id_, f"{group}, {row['scope']}" if "scope" in row else group, "")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problem = Problem(path, number, 1, f"no case: {error!r}", 'a line is {"question": …, "must": [[…]]}')
            raise KnowledgeError(f"{path} cannot be read", (problem,)) from None


def _json_case(row: Any, question: str, id_: str, group: str, session: str) -> Case:
    expect = "unknown" if row.get("scope", "in") != "in" else ""
    must, never = row.get("must", []), row.get("never", [])
    if not all(isinstance(one, list) for one in (must, never, *must)):
        raise ValueError("must is a list of lists of patterns, never a list of patterns")
    must = tuple(tuple(patterns) for patterns in must)
    return Case(group, id_, question, session, expect, must, tuple(never))


def evaluate(asked: Iterable[Case], assistant: Assistant) -> Iterator[Result]:
    """Yield the result of every case, in order."""
    talks = Conversations(assistant)
    for case in asked:
        answer = talks.ask(case.question, case.session or None)
        yield Result(case, answer, verdict(case, answer))


def verdict(case: Case, answer: Answer) -> Verdict:
    """Return whether an answer is what a case wants; a question meant to be declined may also stop for safety."""
    if case.expect == "unknown":
        return (
            "right" if answer.outcome in ("unknown", "stop") else "asked" if answer.outcome == "ambiguous" else "wrong"
        )
    if answer.outcome == "unknown":
        return "declined"
    if answer.outcome == "ambiguous":
        return "asked"
    text = "\n".join(line.text for line in lines(answer))
    found = f"{answer.entry} {answer.facet} step {answer.step}" if answer.outcome == "answered" else "stop"
    met = all(any(re.search(one, text, re.IGNORECASE) for one in group) for group in case.must)
    bad = any(re.search(one, text, re.IGNORECASE) for one in case.never)
    return "right" if met and not bad and found.startswith(case.expect) and len(text.split()) <= WORDS else "wrong"


def table(results: Sequence[Result]) -> list[str]:
    """Return the shares of every group as lines of a table."""
    groups: dict[str, list[Verdict]] = {}
    for result in results:
        groups.setdefault(result.case.group, []).append(result.verdict)
    width = max([len(group) for group in groups] + [5])
    rows = [f"{'':{width}}  {'n':>5}" + "".join(f"{name:>10}" for name in VERDICTS)]
    for group, verdicts in groups.items():
        shares = "".join(f"{verdicts.count(name) / len(verdicts):10.1%}" for name in VERDICTS)
        rows.append(f"{group:{width}}  {len(verdicts):5}{shares}")
    return rows


def misses(results: Iterable[Result]) -> Iterator[str]:
    """Yield, for every case that is not right, how it was read and what came before what."""
    for case, answer, how in results:
        if how == "right":
            continue
        yield f"{how:9}{case.id}  {case.question}"
        read = ", ".join(f"{typed} as {read}" for typed, read in answer.read_as)
        patterns = " and ".join("|".join(group) for group in case.must)
        yield f"         wanted {case.expect or f'an answer with {patterns}'}"
        for match in answer.matches[:2]:
            words = " ".join(f"{reason.word}:{reason.field}:{reason.worth:.0f}" for reason in match.reasons)
            yield f"         {match.score:5.1f} {match.passage.page} {match.passage.facet}  {words}"
        if read or answer.unknown_words:
            yield f"         read {read or 'as typed'}; no page on {', '.join(answer.unknown_words) or 'nothing'}"


def moved(results: Iterable[Result], before: dict[str, str]) -> Iterator[str]:
    """Yield the cases whose verdict is another than it was before, by id."""
    for case, _, how in results:
        if before.get(case.id, how) != how:
            yield f"{before[case.id]:>9} -> {how:9}{case.id}  {case.question}"


def baseline(path: str) -> dict[str, str]:
    """Return the verdicts by id that an earlier run saved; raises KnowledgeError when they cannot be read."""
    if not path:
        return {}
    try:
        with open(path, encoding="utf-8") as file:
            return {str(key): str(value) for key, value in json.load(file).items()}
    except (OSError, ValueError, AttributeError) as error:
        raise KnowledgeError(f"cannot read the baseline {path}: {error}") from None
