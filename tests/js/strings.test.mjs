import assert from "node:assert/strict";
import { test } from "node:test";
import { loadScripts, readPage, readScripts } from "./page.mjs";

const { strings } = loadScripts();
const scripts = readScripts().filter(({ name }) => name !== "strings.js");
const text = scripts.map((script) => script.text).join("\n");

/** Keys written out, and the beginnings of keys that are put together. */
function usedKeys() {
  const whole = new Set();
  const starts = new Set();
  for (const [, key] of text.matchAll(/["'`]([a-z]+\.[A-Za-z-_]+)["'`]/g)) whole.add(key);
  for (const [, start] of text.matchAll(/["'`]([a-z]+\.)["'`] \+/g)) starts.add(start);
  for (const [, key] of readPage().matchAll(/data-(?:words|label)="([^"]+)"/g)) whole.add(key);
  for (const [, kind] of text.matchAll(/word\("([a-z]+)"/g)) starts.add(kind + ".");
  return { whole, starts };
}

test("every key used has words", () => {
  const { whole } = usedKeys();
  const kinds = new Set(Object.keys(strings.EN).map((key) => key.split(".")[0]));
  const missing = [...whole].filter((key) => kinds.has(key.split(".")[0]) && !Object.hasOwn(strings.EN, key));
  assert.deepEqual(
    missing.filter((key) => !/\.(js|svg|png|csv|geojson)$/.test(key)),
    [],
  );
});

test("no words are left that nothing uses", () => {
  const { whole, starts } = usedKeys();
  const unused = Object.keys(strings.EN).filter(
    (key) => !whole.has(key) && ![...starts].some((start) => key.startsWith(start)),
  );
  assert.deepEqual(unused, []);
});

test("tables of other languages hold only keys that English has", () => {
  for (const [language, table] of Object.entries(strings.TABLES))
    for (const key of Object.keys(table)) assert.ok(Object.hasOwn(strings.EN, key), `${language}: ${key}`);
});

test("numbers choose one or many, unknown codes stand for themselves", () => {
  assert.equal(strings.t("count.claims", { n: 1 }), "1 claim");
  assert.equal(strings.t("count.claims", { n: 1234 }), "1,234 claims");
  assert.equal(strings.t("years.bar", { year: 2021, n: 2 }), "2021: 2 claims");
  assert.equal(strings.word("type", "castle"), "castle");
  assert.throws(() => strings.t("no.such"));
});

test("another language stands in where it has words and turns the page round", () => {
  strings.TABLES.fa["actions.print"] = "چاپ";
  assert.deepEqual({ ...strings.use("fa") }, { language: "fa", direction: "rtl" });
  assert.equal(strings.t("actions.print"), "چاپ");
  assert.equal(strings.t("actions.reset"), "Reset");
  strings.use("en");
  assert.equal(strings.t("actions.print"), "Print");
});
