"""From mentions to claims: one module a question, all of them pure."""

from __future__ import annotations

from geo.claims.grammar import REFERENCE, Grammar, guess_language, known_languages, load_grammar
from geo.claims.judge import judge_claims
from geo.claims.lexicon import Phrase, load_lexicon

__all__ = [
    "REFERENCE",
    "Grammar",
    "Phrase",
    "guess_language",
    "judge_claims",
    "known_languages",
    "load_grammar",
    "load_lexicon",
]
