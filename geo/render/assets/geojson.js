"use strict";
/** What is shown as GeoJSON: longitude and latitude again, worked out from the page's metres. */
(function (atlas) {
  // WGS84 and the Albers projection of `geo.schema.CRS_PROJECTED`; the inverse after Snyder, Map projections:
  // a working manual (USGS Professional Paper 1395, 1987), equations 14-3 to 14-21 and 3-16.
  const SEMI_MAJOR = 6378137;
  const ECCENTRICITY_2 = (2 - 1 / 298.257223563) / 298.257223563;
  const ECCENTRICITY = Math.sqrt(ECCENTRICITY_2);
  const RADIAN = Math.PI / 180;
  const [LATITUDE_1, LATITUDE_2, LATITUDE_0, LONGITUDE_0] = [31, 37, 34, 66].map((degrees) => degrees * RADIAN);

  function logTerm(sine) {
    return Math.log((1 - ECCENTRICITY * sine) / (1 + ECCENTRICITY * sine)) / (2 * ECCENTRICITY);
  }
  function authalic(latitude) {
    const sine = Math.sin(latitude);
    return (1 - ECCENTRICITY_2) * (sine / (1 - ECCENTRICITY_2 * sine * sine) - logTerm(sine));
  }
  function parallel(latitude) {
    const sine = Math.sin(latitude);
    return Math.cos(latitude) / Math.sqrt(1 - ECCENTRICITY_2 * sine * sine);
  }
  const CONE = (parallel(LATITUDE_1) ** 2 - parallel(LATITUDE_2) ** 2) / (authalic(LATITUDE_2) - authalic(LATITUDE_1));
  const SCALE = parallel(LATITUDE_1) ** 2 + CONE * authalic(LATITUDE_1);
  const RADIUS_0 = (SEMI_MAJOR * Math.sqrt(SCALE - CONE * authalic(LATITUDE_0))) / CONE;

  /** Longitude and latitude in degrees of a point in metres. @param {number} east @param {number} north */
  function toDegrees(east, north) {
    const radius = Math.hypot(east, RADIUS_0 - north);
    const q = (SCALE - ((radius * CONE) / SEMI_MAJOR) ** 2) / CONE;
    let latitude = Math.asin(q / 2);
    for (let i = 0; i < 6; i += 1) {
      const sine = Math.sin(latitude);
      const width = 1 - ECCENTRICITY_2 * sine * sine;
      latitude += (width ** 2 / (2 * Math.cos(latitude))) * (q / (1 - ECCENTRICITY_2) - sine / width + logTerm(sine));
    }
    const longitude = LONGITUDE_0 + Math.atan2(east, RADIUS_0 - north) / CONE;
    return [round(longitude / RADIAN), round(latitude / RADIAN)];
  }

  /** The grid is 100 m; four decimals are some ten metres. @param {number} degrees */
  function round(degrees) {
    return Math.round(degrees * 1e4) / 1e4;
  }

  /** A closed ring, counter-clockwise for an outline and clockwise for a hole. */
  function ring(points, hole) {
    const degrees = points.map(([north, east]) => toDegrees(east, north));
    let area = 0;
    degrees.forEach(([x, y], i) => {
      const [nextX, nextY] = degrees[(i + 1) % degrees.length];
      area += x * nextY - nextX * y;
    });
    if (area < 0 !== hole) degrees.reverse();
    return [...degrees, degrees[0]];
  }

  /** @param {any} province */
  function geometry(province) {
    return {
      type: "MultiPolygon",
      coordinates: province.polygons.map((rings) => rings.map((points, i) => ring(points, i > 0))),
    };
  }

  /** The columns of a claim that tell where it comes from. @param {any} claim */
  function row(claim) {
    const { doc } = claim;
    const names =
      "claim_id claim_type group stance location_basis place_name attributed_to attribution_kind year year_end year_basis quantity sentence review";
    return {
      ...Object.fromEntries(names.split(" ").map((name) => [name, claim[name]])),
      doc_id: doc.id,
      publisher: doc.publisher,
      title: doc.title,
      published: doc.published,
      url: doc.url,
      story_id: doc.story,
    };
  }

  /**
   * One feature for each province, with its counts and the claims shown for it; claims without a province come
   * as one last feature without a geometry. `look` tells "no claim found" from "no document".
   * @param {any[]} provinces @param {Map<string, any>} summary @param {any[]} shown @param {string} note
   */
  function toGeoJson(provinces, summary, shown, note) {
    const features = provinces.map((province) => {
      const counts = summary.get(province.id);
      return {
        type: "Feature",
        id: province.id,
        geometry: geometry(province),
        properties: {
          province_id: province.id,
          province: province.name,
          look: counts.look,
          independent_sources: counts.voices.size,
          affirmed: counts.named,
          uncertain: counts.uncertain,
          denied: counts.denied,
          area_claims: counts.area,
          claims: counts.claims.map(row),
        },
      };
    });
    const loose = shown.filter((claim) => !summary.has(claim.province_id));
    const off = { type: "Feature", geometry: null, properties: { province_id: "", claims: loose.map(row) } };
    return JSON.stringify({ type: "FeatureCollection", note, features: loose.length ? [...features, off] : features });
  }

  atlas.geojson = { toDegrees, toGeoJson };
})((globalThis.atlas ??= {}));
