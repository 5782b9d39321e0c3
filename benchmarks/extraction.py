"""Measure how fast texts are read, against the bare search and against the goals, and how memory grows.

    python benchmarks/extraction.py                20 MB of text
    python benchmarks/extraction.py --megabytes 100

The text is made of the sentences of ``tests/gold``. Those that name no place and no group make the plain
documents, whole texts make the documents that matter. Speeds are processor time of one process, the median
of the rounds; the peers work on the same text and the same names in turn, and a ratio to a peer holds on any
machine. flashgeotext and spaCy are compared where they are installed; the project does not need them. Memory
is the peak of a fresh process that runs ``geo extract`` on JSON lines, and on four times as many.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from geo.automaton import PhraseAutomaton  # noqa: E402
from geo.claims import REFERENCE, load_grammar, load_lexicon  # noqa: E402
from geo.claims.sentences import split_sentences  # noqa: E402
from geo.extraction import analyse_document  # noqa: E402
from geo.gazetteer import load_gazetteer  # noqa: E402
from geo.match import find_mentions  # noqa: E402
from geo.model import Document  # noqa: E402
from geo.normalise import fold, fold_name  # noqa: E402

__all__ = ["main", "make_corpus"]

ROUNDS = 3
RELEVANT = 0.02
DOCUMENT = 3000
ROW = "| {:<58} | {:>12} | {:>12} |"


def read_sources() -> tuple[list[str], list[str]]:
    """Return whole English texts of the gold sets, and those of their sentences that name nothing."""
    texts = [
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/gold").glob("english*/*.txt"))
    ]
    texts = [text for text in texts if len(text) > 500]
    groups = PhraseAutomaton([row.text for row in load_lexicon((REFERENCE,)) if row.table == "groups"])
    plain, grammar, gazetteer = [], load_grammar(REFERENCE), load_gazetteer()
    for text in texts:
        for sentence in split_sentences(text, grammar):
            words = text[sentence.start : sentence.end].replace("\n", " ")
            if not gazetteer.scan(fold(words)) and not groups.scan(fold(words)):
                plain.append(words)
    return texts, plain


def make_corpus(megabytes: float, *, relevant: float) -> Iterator[str]:
    """Yield documents of about 3,000 characters until there are so many megabytes.

    Parameters
    ----------
    megabytes
        Millions of characters.
    relevant
        The part of the documents, 0 to 1, that are about al-Qaeda in Afghanistan; the others name nothing.
    """
    texts, plain = read_sources()
    matters, other = itertools.cycle(texts), itertools.cycle(plain)
    written, due = 0, 0.0
    while written < megabytes * 1e6:
        due += relevant
        text = ""
        while len(text) < DOCUMENT:
            text += ("\n\n" + next(matters)) if due >= 1 else (" " + next(other))
        due -= due >= 1
        written += len(text)
        yield text


def speed(work: Callable[[], object], characters: int) -> float:
    """Millions of characters a second of processor time, the median of the rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return characters / 1e6 / statistics.median(times)


def find_all(documents: Sequence[Document]) -> None:
    """Find the mentions of every document."""
    gazetteer = load_gazetteer()
    for document in documents:
        find_mentions(document, gazetteer)


def extract_all(documents: Sequence[Document]) -> None:
    """Find the mentions and claims of every document."""
    for document in documents:
        analyse_document(document)


def peers(names: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what else finds names in texts, by name; libraries that are not installed are left out."""
    if importlib.util.find_spec("flashgeotext"):
        from flashgeotext.geotext import GeoText
        from flashgeotext.lookup import LookupData

        data = LookupData(name="places", data={name: [name] for name in names})
        geotext = GeoText(use_demo_data=False)
        geotext.add(data)
        yield "flashgeotext", lambda: [geotext.extract(text) for text in texts]
    if importlib.util.find_spec("spacy"):
        import spacy
        from spacy.matcher import PhraseMatcher

        blank = spacy.blank("en")
        blank.max_length = 10**8
        matcher = PhraseMatcher(blank.vocab, attr="LOWER")
        matcher.add("place", list(blank.pipe(names)))
        yield "spaCy PhraseMatcher", lambda: [matcher(blank(text)) for text in texts]


def print_mentions(texts: Sequence[str]) -> None:
    """Print how fast names are found, beside the bare search and the peers."""
    gazetteer = load_gazetteer()
    phrases = sorted({fold_name(phrase) for phrase in gazetteer.phrases} - {""})
    bare = AhoCorasick(phrases, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    folded = [fold(text).text for text in texts]
    characters = sum(map(len, texts))
    own = speed(lambda: find_all(documents), characters)
    search = speed(
        lambda: [bare.find_matches_as_indexes(text, overlapping=True) for text in folded], characters
    )
    print(ROW.format("finding mentions", f"{own:.1f} MB/s", "1"))
    print(
        ROW.format(
            "the bare automaton on folded text, same names", f"{search:.1f} MB/s", f"{search / own:.2f}"
        )
    )
    names = sorted({name.name for name in gazetteer.names if name.script == "Latn"})
    few = texts[: max(1, len(texts) // 20)]
    for name, work in peers(names, few):
        other = speed(work, sum(map(len, few)))
        print(ROW.format(f"{name}, Latin names only", f"{other:.2f} MB/s", f"{other / own:.2f}"))


def peak_memory(path: Path, out: Path) -> tuple[int, float]:
    """Run ``geo extract`` in a fresh process; return its peak memory in MB and its processor seconds."""
    code = (
        "import resource, sys; from geo.cli import main; status = main(sys.argv[1:]); "
        "usage = resource.getrusage(resource.RUSAGE_SELF); "
        "print('usage', usage.ru_maxrss, usage.ru_utime + usage.ru_stime); sys.exit(status)"
    )
    command = [sys.executable, "-c", code, "extract", str(path), "-o", str(out), "--workers", "1"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    usage = next(line for line in run.stdout.splitlines() if line.startswith("usage ")).split()
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return round(int(usage[1]) / unit), float(usage[2])


def print_memory(megabytes: float) -> None:
    """Print peak memory and time of whole runs on one table and on one four times as long."""
    with tempfile.TemporaryDirectory() as folder:
        for size in (megabytes, 4 * megabytes):
            path = Path(folder) / f"{size:.0f}.jsonl"
            with path.open("w", encoding="utf-8") as stream:
                for number, text in enumerate(make_corpus(size, relevant=RELEVANT)):
                    stream.write(json.dumps({"id": f"d{number}", "text": text}) + "\n")
            peak, seconds = peak_memory(path, Path(folder) / f"out{size:.0f}")
            label = f"geo extract, {size:.0f} MB of JSON lines, {RELEVANT:.0%} of documents matter"
            print(ROW.format(label, f"{size / seconds:.1f} MB/s", f"{peak} MB"))


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables; always 0, since speeds are those of the machine at hand."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--megabytes", type=float, default=20, help="size of the text (20)")
    size = parser.parse_args(argv).megabytes
    texts = list(make_corpus(size, relevant=RELEVANT))
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    dense = [Document(str(n), text) for n, text in enumerate(make_corpus(size / 20, relevant=1))]
    print(ROW.format("in one process, without reading and writing", "speed", "to ours"))
    print("| :-- | --: | --: |")
    print_mentions(texts)
    rare = speed(lambda: extract_all(documents), sum(map(len, texts)))
    print(ROW.format(f"mentions and claims, {RELEVANT:.0%} of documents matter", f"{rare:.1f} MB/s", ""))
    full = speed(lambda: extract_all(dense), sum(len(document.text) for document in dense))
    print(ROW.format("mentions and claims, every document matters", f"{full:.2f} MB/s", ""))
    print()
    print(ROW.format("a whole run, with start, reading and writing", "speed", "peak memory"))
    print("| :-- | --: | --: |")
    print_memory(size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
