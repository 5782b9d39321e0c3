import assert from "node:assert/strict";
import { test } from "node:test";
import { loadScripts, makeClaim, makeData } from "./page.mjs";

const atlas = loadScripts();
const claims = [
  makeClaim(),
  makeClaim({ claim_id: "c2", claim_type: "presence", voice: "v2", year: 2021, sentence: "در غزنی مرکز القاعده است" }),
  makeClaim({ claim_id: "c3", province_id: "AF-KAB", province: "Kabul", stance: "denied", year: null, voice: "v3" }),
  makeClaim({ claim_id: "c4", group: "ttp", voice: "v4", doc: { publisher: "Café Zürich" } }),
];
const model = atlas.state.createModel(makeData(claims));
const ids = (state) => model.select(state).shown.map((claim) => claim.claim_id);
const choose = (change) => Object.assign(model.defaults(), change);

test("other groups are not chosen at first", () => {
  assert.deepEqual(ids(model.defaults()), ["c1", "c2", "c3"]);
});

test("a search finds every word in any field, whatever the case, accents or letter variants", () => {
  const all = { ...model.defaults() };
  all.chosen.group = new Set(["al-qaeda", "ttp"]);
  for (const [text, expected] of [
    ["GHAZNI camp", ["c1", "c3", "c4"]],
    ["camp nowhere", []],
    ["cafe zurich", ["c4"]],
    ["غزني القاعده", ["c2"]],
    ["kabul", ["c3"]],
    ["  ", ["c1", "c2", "c3", "c4"]],
  ])
    assert.deepEqual(ids({ ...all, text }), expected, text);
});

test("an option counts what it would give with all other filters kept", () => {
  const state = model.defaults();
  state.chosen.type = new Set(["presence"]);
  const { shown, counts } = model.select(state);
  assert.equal(shown.length, 1);
  assert.equal(counts.type.get("training_camp"), 2, "those of the chosen groups");
  assert.equal(counts.stance.get("affirmed"), 1);
});

test("years bound claims, and undated ones are asked for apart", () => {
  assert.deepEqual(ids(choose({ from: 2022 })), ["c1", "c3"]);
  assert.deepEqual(ids(choose({ from: 2022, undated: false })), ["c1"]);
  assert.deepEqual(ids(choose({ by: "published", to: 2022 })), []);
});

test("a province's look tells affirmed, denied and no document apart", () => {
  const { shown, documents } = model.select(model.defaults());
  const rows = model.summarise(shown, documents);
  assert.equal(rows.get("AF-GHA").look, "n2");
  assert.equal(rows.get("AF-KAB").look, "denied");
  assert.equal(model.summarise([], 0).get("AF-KAB").look, "none");
});

test("every view comes back from its address", () => {
  const page = atlas.address.start(model);
  page.a.chosen.publisher = new Set(["Café Zürich"]);
  page.a.chosen.type = new Set();
  page.a.text = "camp & “house”=~,x";
  page.a.from = 2020;
  page.a.province = "AF-KAB";
  page.sort = { key: "year", down: true };
  page.mode = "compare";
  page.b = Object.assign(model.defaults(), { to: 2022, undated: false });
  page.side = "b";
  const text = atlas.address.encode(model, page);
  const back = atlas.address.decode(model, "#" + text);
  assert.equal(atlas.address.encode(model, back), text);
  assert.equal(back.a.text, page.a.text);
  assert.equal(back.b.to, 2022);
  assert.equal(back.sort.down, true);
  assert.equal(atlas.address.encode(model, atlas.address.start(model)), "", "a page at its start has no address");
});

for (const text of [
  "#view=globe",
  "#view=compare",
  "#b=",
  "#sort=x",
  "#view=table&view=table",
  "#b=%E0&view=compare",
  "#text=%",
])
  test(`a broken address is refused: ${text}`, () => assert.throws(() => atlas.address.decode(model, text)));
