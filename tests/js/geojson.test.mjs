import assert from "node:assert/strict";
import { test } from "node:test";
import { loadScripts, makeClaim } from "./page.mjs";

const atlas = loadScripts();

// Worked out with PROJ 9 from the same definition.
for (const [east, north, longitude, latitude] of [
  [0, 0, 66, 34],
  [450000, 210000, 70.9843, 35.7922],
  [-480000, -430000, 61.0272, 30.0195],
  [760000, 380000, 74.5623, 37.1362],
])
  test(`metres ${east}, ${north} are the degrees that PROJ gives`, () => {
    assert.deepEqual(Array.from(atlas.geojson.toDegrees(east, north)), [longitude, latitude]);
  });

test("outlines run counter-clockwise, holes clockwise, and rings close", () => {
  const square = (size) => [
    [0, 0],
    [size, 0],
    [size, size],
    [0, size],
  ];
  const province = { id: "AF-GHA", name: "Ghazni", polygons: [[square(90000), square(9000).toReversed()]] };
  const counts = {
    look: "n1",
    voices: new Set(["v"]),
    named: 1,
    uncertain: 0,
    denied: 0,
    area: 0,
    claims: [makeClaim()],
  };
  const shown = [makeClaim(), makeClaim({ province_id: "", claim_id: "c2" })];
  const text = atlas.geojson.toGeoJson([province], new Map([["AF-GHA", counts]]), shown, "note");
  const [feature, off] = JSON.parse(text).features;
  const turn = (ring) => ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i][0] * y - x * ring[i][1], 0);
  const [outline, hole] = feature.geometry.coordinates[0];
  assert.ok(turn(outline) > 0);
  assert.ok(turn(hole) < 0);
  assert.deepEqual(outline[0], outline.at(-1));
  assert.equal(feature.properties.independent_sources, 1);
  assert.equal(feature.properties.claims[0].publisher, "Paper");
  assert.equal(off.geometry, null);
  assert.equal(off.properties.claims[0].claim_id, "c2");
});
