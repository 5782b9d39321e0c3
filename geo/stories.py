"""Which documents carry the same text: one story, and one voice.

Two documents belong together when their word 5-grams (*shingles*) overlap
enough. With A the smaller and B the larger set of shingles, they do if

* their words are the same, letter case and punctuation aside; or
* they share at least 40 shingles (about a paragraph) and either
  the Jaccard index |A∩B| / |A∪B| is at least 0.3, or
  the containment |A∩B| / |A| is at least 0.5 while |A| is at least half of |B|.

Why so: an edited reprint keeps half of its shingles (measured on the two seed
texts that are one article: Jaccard 0.44, containment 0.64; unrelated texts on
the same matter: at most 0.002). A long article that quotes a paragraph, or all of a short
statement, speaks for itself, hence the bound on size for containment. A copy
cut to its first third is still found by Jaccard. Short texts share formulas
("killed an al-Qaeda member in ... province") without being copies, hence the 40.
The relation is closed: a copy of a copy is the same story.

Candidates come from MinHash signatures in 64 bands of 2 rows (Broder 1997;
Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*, chapter 3), which find
a pair at Jaccard 0.2 with probability 0.93 and at 0.3 with 0.998. Of these, pairs
whose signatures agree in fewer than 16 of 128 places (an estimate of 0.125) are
dropped and the rest verified exactly. Bands are sorted as arrays instead of kept in the tables of
``datasketch.MinHashLSH``: the same buckets at a fraction of the memory, and a
bucket that half the corpus falls into costs linear, not quadratic, time.

The module is longer than most, since rule, candidates and proof belong together.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import SchemaError
from geo.model import Document

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["StoryGroup", "StoryLink", "find_stories", "group_stories"]

SHINGLE_WORDS = 5
MIN_SHARED = 40
MIN_JACCARD = 0.3
MIN_CONTAINMENT = 0.5
MIN_SIZE_RATIO = 0.5

_BANDS, _ROWS, _SEED = 64, 2, 34
_ALL_PAIRS = 64
_NEIGHBOURS = 32
_MIN_EQUAL = 16
_MOST_FAILED = 256
_KEPT_SETS = 4096

# Scripts written without spaces (Thai, Lao, Burmese, Khmer, kana, Han) give one word a character.
_WORD = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
    r"|[^\W_]+"
)
_INVISIBLE = re.compile(
    "[\u00ad\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
)


@dataclass(frozen=True, slots=True)
class StoryLink:
    """Two documents found to be copies, and how alike: both measures are between 0 and 1."""

    first: str
    second: str
    jaccard: float
    containment: float


@dataclass(frozen=True, slots=True)
class StoryGroup:
    """Documents that carry one text.

    Parameters
    ----------
    story_id
        ``s`` and 16 hexadecimal digits, the smallest text hash in the group: the same
        on every run and machine, whatever the order of the documents.
    doc_ids
        Sorted.
    similarity
        The smallest Jaccard index among ``links``; 1 for a document alone and for equal texts.
    links
        The pairs that hold the group together, at most one fewer than documents.
    """

    story_id: str
    doc_ids: tuple[str, ...]
    similarity: float
    links: tuple[StoryLink, ...] = ()


def group_stories(documents: Iterable[Document]) -> dict[str, str]:
    """Return the story of every document.

    Parameters
    ----------
    documents
        With unique ``doc_id``; the order does not matter.

    Returns
    -------
    dict
        ``doc_id`` to ``story_id``, in the order of the documents.

    Raises
    ------
    SchemaError
        If two documents have the same ``doc_id``.
    """
    records = list(documents)
    story_of = {doc_id: group.story_id for group in find_stories(records) for doc_id in group.doc_ids}
    return {document.doc_id: story_of[document.doc_id] for document in records}


def find_stories(documents: Iterable[Document]) -> tuple[StoryGroup, ...]:
    """Group documents into stories and say how alike they are; see the module for the rule.

    Returns
    -------
    tuple of StoryGroup
        Every document is in exactly one; sorted by ``story_id``.

    Raises
    ------
    SchemaError
        If two documents have the same ``doc_id``.
    """
    records = sorted(documents, key=lambda document: (document.text_sha256, document.doc_id))
    _check_ids(records)
    forest = _Forest(len(records))
    links: list[tuple[int, StoryLink]] = []
    distinct = _merge_equal(records, forest, links)
    shelf = _Shelf([records[i].text for i in distinct])
    for a, b in _candidates(shelf, lambda: [forest.root(i) for i in distinct]):
        first, second = distinct[a], distinct[b]
        if forest.root(first) == forest.root(second):
            continue
        measured = _compare(shelf.shingles(a), shelf.shingles(b))
        if measured is not None:
            forest.join(first, second)
            links.append((first, StoryLink(records[first].doc_id, records[second].doc_id, *measured)))
    return _groups(records, forest, links)


def _check_ids(records: Sequence[Document]) -> None:
    seen: set[str] = set()
    twice = sorted({d.doc_id for d in records if d.doc_id in seen or seen.add(d.doc_id)})  # type: ignore[func-returns-value]
    if twice:
        raise SchemaError(
            f"documents: doc_id {', '.join(map(repr, twice[:5]))} more than once. "
            "Expected unique ids, as geo.reading makes them."
        )


def _merge_equal(
    records: Sequence[Document], forest: _Forest, links: list[tuple[int, StoryLink]]
) -> list[int]:
    """Join documents with the same words; return one index for each different text."""
    first_with: dict[bytes, int] = {}
    for i, document in enumerate(records):
        words = _words(document.text)
        key = hashlib.sha256("\0".join(words or [document.text]).encode("utf-8", "surrogatepass")).digest()
        j = first_with.setdefault(key, i)
        if j != i:
            forest.join(j, i)
            links.append((j, StoryLink(records[j].doc_id, document.doc_id, 1.0, 1.0)))
    return sorted(first_with.values())


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    return _WORD.findall(folded)


@lru_cache(maxsize=2**17)
def _word_hash(word: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
    )


def _shingle_hashes(text: str) -> NDArray[np.uint64]:
    """Return the sorted, distinct 64-bit hashes of a text's word 5-grams; empty below five words."""
    words = _words(text)
    count = len(words) - SHINGLE_WORDS + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    hashes = np.fromiter(map(_word_hash, words), dtype=np.uint64, count=len(words))
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE_WORDS):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + hashes[offset : offset + count]
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def _compare(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> tuple[float, float] | None:
    """Return Jaccard index and containment of two sets if they are copies by the rule, else ``None``."""
    small, large = sorted((one.size, other.size))
    if small < MIN_SHARED:
        return None
    shared = int(np.intersect1d(one, other, assume_unique=True).size)
    jaccard, containment = shared / (small + large - shared), shared / small
    contained = containment >= MIN_CONTAINMENT and small >= MIN_SIZE_RATIO * large
    if shared >= MIN_SHARED and (jaccard >= MIN_JACCARD or contained):
        return round(jaccard, 4), round(containment, 4)
    return None


class _Shelf:
    """Texts by index with their shingles, computed again when needed rather than all held in memory."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._kept: OrderedDict[int, NDArray[np.uint64]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.texts)

    def shingles(self, index: int) -> NDArray[np.uint64]:
        """Return the shingle hashes of one text."""
        if index in self._kept:
            self._kept.move_to_end(index)
            return self._kept[index]
        made = self._kept[index] = _shingle_hashes(self.texts[index])
        if len(self._kept) > _KEPT_SETS:
            self._kept.popitem(last=False)
        return made


def _candidates(shelf: _Shelf, roots: Callable[[], list[int]]) -> Iterator[tuple[int, int]]:
    """Return pairs worth comparing: all of a small corpus, else those that share a band.

    ``roots`` tells which texts are joined by now; pairs within one story are left out.
    """
    if len(shelf) <= _ALL_PAIRS:
        yield from combinations(range(len(shelf)), 2)
        return
    usable, signatures = _signatures(shelf)
    seen: set[tuple[int, int]] = set()
    failed = [0] * len(shelf)
    for band in range(_BANDS if usable else 0):
        labels = np.array(roots())[usable]
        columns = signatures[:, band * _ROWS : (band + 1) * _ROWS]
        for a, b in _pairs_in_band(columns, labels, signatures):
            pair = usable[a], usable[b]
            if pair in seen or max(failed[pair[0]], failed[pair[1]]) > _MOST_FAILED:
                continue
            seen.add(pair)
            yield pair
            # A pair that was joined leaves the bands to come; what is counted here bounds the rest.
            failed[pair[0]] += 1
            failed[pair[1]] += 1


def _pairs_in_band(
    columns: NDArray[np.uint64], labels: NDArray[np.int64], signatures: NDArray[np.uint64]
) -> Iterator[tuple[int, int]]:
    """Pair each row with the next ``_NEIGHBOURS`` rows of its bucket, where signatures are alike enough.

    Buckets up to that size give all their pairs; larger ones (a footer that
    thousands of pages share) only a linear number.
    """
    order = np.lexsort(columns.T)  # stable: within a bucket in the order of the rows
    opens = np.ones(len(order), dtype=bool)
    opens[1:] = np.any(columns[order][1:] != columns[order][:-1], axis=1)
    bucket = np.cumsum(opens)
    for distance in range(1, min(_NEIGHBOURS, len(order) - 1) + 1):
        same = np.flatnonzero(bucket[distance:] == bucket[:-distance])
        if not same.size:
            return
        first, second = order[same], order[same + distance]
        apart = labels[first] != labels[second]
        first, second = first[apart], second[apart]
        for start in range(0, len(first), 8192):
            a, b = first[start : start + 8192], second[start : start + 8192]
            alike = np.count_nonzero(signatures[a] == signatures[b], axis=1) >= _MIN_EQUAL
            yield from zip(a[alike].tolist(), b[alike].tolist(), strict=True)


def _signatures(shelf: _Shelf) -> tuple[list[int], NDArray[np.uint64]]:
    """Return which texts are long enough to be compared, and their MinHash signatures, one a row."""
    from datasketch import MinHash

    blank = MinHash(num_perm=_BANDS * _ROWS, seed=_SEED, hashfunc=_as_is)
    usable, rows = [], []
    for index in range(len(shelf)):
        shingles = shelf.shingles(index)
        if shingles.size >= MIN_SHARED:
            sketch = blank.copy()
            for start in range(0, shingles.size, 4096):  # bounds the permutations' array to 4 MiB
                sketch.update_batch((shingles[start : start + 4096] >> np.uint64(32)).tolist())
            usable.append(index)
            rows.append(sketch.hashvalues.astype(np.uint64))
    width = _BANDS * _ROWS
    return usable, np.array(rows, dtype=np.uint64).reshape(len(rows), width)


def _as_is(value: int) -> int:
    return value


class _Forest:
    """Union-find over document indices; the smallest index is the root."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, i: int) -> int:
        """Return the smallest index known to be of the same story."""
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Make two indices one story."""
        low, high = sorted((self.root(i), self.root(j)))
        self._parent[high] = low


def _groups(
    records: Sequence[Document], forest: _Forest, links: Sequence[tuple[int, StoryLink]]
) -> tuple[StoryGroup, ...]:
    members: dict[int, list[Document]] = {}
    for i, document in enumerate(records):
        members.setdefault(forest.root(i), []).append(document)
    held: dict[int, list[StoryLink]] = {}
    for i, link in links:
        held.setdefault(forest.root(i), []).append(link)
    groups = [
        StoryGroup(
            story_id="s" + records[root].text_sha256[:16],
            doc_ids=tuple(sorted(document.doc_id for document in documents)),
            similarity=min((link.jaccard for link in held.get(root, ())), default=1.0),
            links=tuple(held.get(root, ())),
        )
        for root, documents in members.items()
    ]
    return tuple(sorted(groups, key=lambda group: group.story_id))
