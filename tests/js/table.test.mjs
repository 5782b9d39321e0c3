import assert from "node:assert/strict";
import { test } from "node:test";
import { loadScripts, makeClaim } from "./page.mjs";

const atlas = loadScripts();
const row = (known) => makeClaim(known);
const years = (claims) => Array.from(claims, (claim) => claim.year);

test("what is not stated comes last in both directions", () => {
  const claims = [row({ year: null }), row({ year: 2021 }), row({ year: 2019 })];
  assert.deepEqual(years(atlas.table.sorted(claims, { key: "year", down: false })), [2019, 2021, null]);
  assert.deepEqual(years(atlas.table.sorted(claims, { key: "year", down: true })), [2021, 2019, null]);
});

test("equal rows keep their order", () => {
  const claims = ["a", "b", "c"].map((claim_id) => row({ claim_id }));
  const ids = Array.from(atlas.table.sorted(claims, { key: "type", down: true }), (claim) => claim.claim_id);
  assert.deepEqual(ids, ["a", "b", "c"]);
});

test("copies of one story fold, a second statement of a document stays", () => {
  const claims = [
    row({ claim_id: "a", doc: { id: "d1", published: "2023-02" } }),
    row({ claim_id: "b", doc: { id: "d2", published: "2023-01" } }),
    row({ claim_id: "c", start: 90, doc: { id: "d2", published: "2023-01" } }),
  ];
  const folds = Array.from(atlas.cards.fold(claims), (fold) => Array.from(fold, (claim) => claim.claim_id));
  assert.deepEqual(folds, [["b", "a"], ["c"]]);
});

test("CSV neutralises formulas and quotes what needs it", () => {
  const text = atlas.exporting.toCsv([row({ attributed_to: "=1+1", sentence: 'a "b"\nc', province: "x,y" })]);
  const [, line] = text.split("\r\n");
  assert.ok(line.includes(",'=1+1,"));
  assert.ok(text.includes('"a ""b""\nc"'));
  assert.ok(text.includes('"x,y"'));
});

test("a difference tells which side has more, and when it cannot be told", () => {
  const side = (n, look = "n1") => ({ look, voices: { size: n } });
  for (const [a, b, change] of [
    [0, 0, "neither"],
    [0, 2, "onlyB"],
    [2, 0, "onlyA"],
    [2, 2, "same"],
    [1, 2, "more"],
    [2, 1, "fewer"],
  ])
    assert.equal(atlas.compare.changeOf(side(a), side(b)), change);
  assert.equal(atlas.compare.changeOf(side(0, "none"), side(3)), "nothing");
});

test("lines of a picture are cut between words, and inside a word only where it is too long", () => {
  const { wrap } = atlas.drawing;
  assert.deepEqual(wrap("one two three", 7), ["one two", "three"]);
  assert.deepEqual(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
  assert.deepEqual(wrap("", 9), [""]);
});

test("a picture's text holds nothing that breaks the file or turns its lines", () => {
  assert.equal(atlas.drawing.plain("a\u0000b\u202Ec\uD800d 𝔄 خانه"), "a\uFFFDb[U+202E]c\uFFFDd 𝔄 خانه");
});

test("claims stand under their source, the one with most stories first, and then under their story", () => {
  const claims = [
    row({ claim_id: "a", who: "un:report", doc: { id: "d1", story: "s1" } }),
    row({ claim_id: "b", who: "taliban:spokesman", doc: { id: "d1", story: "s1" } }),
    row({ claim_id: "c", who: "taliban:spokesman", doc: { id: "d2", story: "s2" } }),
    row({ claim_id: "d", who: "taliban:spokesman", doc: { id: "d3", story: "s1" } }),
  ];
  const found = atlas.cards.bySource(claims).map(({ stories }) => stories.map((own) => own.map((one) => one.claim_id)));
  assert.deepEqual(found, [[["b", "d"], ["c"]], [["a"]]]);
});
