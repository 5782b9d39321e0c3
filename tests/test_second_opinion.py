from __future__ import annotations

import numpy as np
import pytest

from benchmarks import second_opinion
from benchmarks.evidence import CLAIM, NO_CLAIM, Choice, claim_choices, source_choices
from benchmarks.learning import learn, weigh
from benchmarks.second_opinion import FIRST_CONTACT, Sample, agreement, strict_counts
from benchmarks.seen import Text, see, see_with

TOLD = (
    "The UN said al-Qaeda is growing. Its report is new.\n\n"
    "Al-Qaeda has training camps in Ghazni and in Zabul. In 2001 al-Qaeda had a camp in Khost."
)


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Text:
    path = tmp_path_factory.mktemp("texts") / "t_001.txt"
    path.write_text(TOLD, encoding="utf-8")
    return see([path])[0]


def gold_row(text: Text, province: str, **others: str) -> dict[str, str]:
    row = {"doc_id": text.doc_id, "province_id": province, "claim_type": "training_camp"}
    return row | {"stance": "affirmed", "attribution_kind": "un"} | others


def choice(*evidence: dict[str, float]) -> Choice:
    key = ("t", "AF-GHA", "presence", "affirmed")
    return Choice("t", key, tuple("ab")[: len(evidence)], evidence, "a", 0)


class TestSee:
    def test_tells_what_the_engine_finds_and_claims(self, text: Text) -> None:
        assert {place.province for one in text.sentences for place in one.places} >= {"AF-GHA", "AF-ZAB"}
        assert {(claim.province, claim.type) for claim in text.claims} >= {("AF-GHA", "training_camp")}
        assert "un" in {source.label for one in text.sentences for source in one.sources}

    @pytest.mark.usefixtures("text")
    def test_leaves_the_engine_as_it_was(self) -> None:
        from geo.claims import judge, view

        assert judge.build_views is view.build_views  # type: ignore[attr-defined]

    def test_a_missing_commit_is_told_with_what_to_do(self) -> None:
        with pytest.raises(OSError, match=r"no commit .*whole history"):
            see_with([], "0" * 40)


class TestChoices:
    def test_only_what_the_author_tells_is_asked_unless_every_claim_is(self, text: Text) -> None:
        asked, every = list(source_choices(text)), list(source_choices(text, every=True))
        assert {one.ruled for one in asked} <= {"author"}
        assert len(every) == len([claim for claim in text.claims if claim.province])
        assert all(len(one.options) == len(one.evidence) for one in every)

    def test_whoever_spoke_before_may_be_the_source(self, text: Text) -> None:
        by_province = {one.key[1]: dict(zip(one.options, one.evidence, strict=True))
                       for one in source_choices(text, every=True)}  # fmt: skip
        assert by_province["AF-GHA"]["un"]["said before"] == pytest.approx(1 / 2)
        assert "author: nobody speaks here" in by_province["AF-KHO"]["author"]

    def test_a_claim_of_the_rules_is_among_what_is_asked(self, text: Text) -> None:
        asked = {one.key: one for one in claim_choices(text)}
        camp = asked[text.doc_id, "AF-GHA", "training_camp", "affirmed"]
        other = asked[text.doc_id, "AF-GHA", "presence", "affirmed"]
        assert (camp.ruled, other.ruled) == (CLAIM, NO_CLAIM)
        assert camp.evidence[0]["rules: this type"] == 1.0
        assert "rules: another type" in other.evidence[0]


class TestLearn:
    def test_evidence_for_right_answers_weighs_more(self) -> None:
        cases = [(choice({"good": 1.0}, {"bad": 1.0}), [True, False], 1.0)] * 10
        weights = learn(cases, penalty=1.0)
        assert weights["good"] > 0 > weights["bad"]
        shares = weigh(weights, cases[0][0])
        assert shares["a"] > 0.8
        assert sum(shares.values()) == pytest.approx(1.0)

    def test_a_greater_penalty_keeps_weights_smaller(self) -> None:
        cases = [(choice({"good": 1.0}, {}), [True, False], 1.0)] * 10
        assert learn(cases, penalty=100.0)["good"] < learn(cases, penalty=0.1)["good"] / 2

    def test_rare_evidence_and_questions_without_an_answer_are_passed_over(self) -> None:
        common = [(choice({"good": 1.0}, {}), [True, False], 1.0)] * 4
        unanswered = [(choice({"lost": 1.0}, {}), [False, False], 1.0)] * 4
        rare = [(choice({"good": 1.0, "rare": 1.0}, {}), [True, False], 1.0)]
        assert set(learn([*common, *unanswered, *rare], penalty=1.0)) == {"good"}


class TestCounts:
    def test_sources_are_counted_before_and_after(self, text: Text) -> None:
        rows = [gold_row(text, province) for province in ("AF-GHA", "AF-ZAB", "AF-PAN")]
        kinds = {claim.province: claim.kind for claim in text.claims}
        ruled = sum(kinds[province] == "un" for province in ("AF-GHA", "AF-ZAB"))
        told = agreement(Sample([text], rows), {"is un": 9.0}, every=True)
        assert told.tolist() == [[2.0, ruled, 2.0]]
        untold = agreement(Sample([text], rows), {"is un": -9.0}, every=True)
        assert untold.tolist() == [[2.0, ruled, 0.0]]

    def test_claims_are_dropped_and_added_by_their_limits(self, text: Text) -> None:
        sample = Sample([text], [gold_row(text, "AF-GHA")])
        gold, ruled, right, _, _ = strict_counts(sample, {}, drop=0.0, add=1.0)[0]
        assert (gold, right) == (1.0, 1.0)
        dropped = strict_counts(sample, {"any": -9.0}, drop=0.5, add=1.0)[0]
        added = strict_counts(sample, {"any": 9.0}, drop=0.0, add=0.5)[0]
        assert dropped[3:].tolist() == [0.0, 0.0]
        assert added[3] > ruled
        assert added[4] == 1.0

    def test_the_difference_and_its_span_are_those_of_the_counts(self) -> None:
        counts = np.array([[10.0, 5.0, 6.0]] * 4)
        cells = second_opinion._cells(counts, second_opinion._accuracy)
        assert cells == ["50.0", "60.0", "+10.0", "+10.0 to +10.0", "4", "0"]


def test_what_one_learns_from_is_odd_and_never_the_set_that_nobody_read() -> None:
    sets = {name for _, names in FIRST_CONTACT.values() for name in names}
    assert "english_e" not in sets
    paths = second_opinion._odd(sorted(sets))
    assert {path.parent.name for path in paths} == sets
    assert all(int(path.stem[-1]) % 2 for path in paths)


def test_without_the_history_the_program_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(second_opinion, "FIRST_CONTACT", {"never": ("0" * 40, ("arabic_c",))})
    monkeypatch.setattr(second_opinion, "read_parts", list)
    assert second_opinion.main() == 2
    assert "whole history" in capsys.readouterr().err
