"""From mentions to claims: one module a question, all of them pure."""

from __future__ import annotations

from geo.claims.judge import judge_claims
from geo.claims.lexicon import Phrase, load_lexicon

__all__ = ["Phrase", "judge_claims", "load_lexicon"]
