import assert from "node:assert/strict";
import test from "node:test";

import { countsOf, facetsOf, find } from "../../layouts/assets/js/filter.js";
import { byPlace, byScore } from "../../layouts/assets/js/order.js";
import { parseQuery } from "../../layouts/assets/js/query.js";
import { NOW, collection } from "./fixture.js";

const YEAR = ["$60,000–$80,000 a year", 60_000, 80_000, true];
const HOUR = ["$20–$25 an hour", 41_600, 52_000, true];
const ABROAD = ["€90.000 a year", 0, 0, true];

const POSTINGS = [
  { slug: "a", location: ["Hartford, CT", "Connecticut"], type: ["Full-time"], tag: ["Policy", "Field"], pay: HOUR, days: 7 },
  { slug: "b", location: ["Boston, MA", "Massachusetts"], type: ["Full-time"], tag: ["Policy"], pay: YEAR, days: 20 },
  { slug: "c", location: ["Remote"], type: ["Part-time"], tag: ["Field"], days: null },
  { slug: "d", location: ["Hartford, CT", "Connecticut"], pay: ABROAD, days: 30 + 1 / 86_400 },
  { slug: "e", location: ["Boston, MA", "Massachusetts"], type: ["Part-time"], tag: ["Policy"], days: 0 },
];

const LISTED = collection(POSTINGS);

function ask(search, scores = null, from = LISTED) {
  const facets = facetsOf(from, NOW);
  const result = find(from, facets, parseQuery(search, "open"), scores, NOW);
  const counts = (name) => {
    const found = countsOf(result, name, facets[name]);
    return Object.fromEntries(facets[name].slugs.map((slug, number) => [slug, found[number]]));
  };
  return { slugs: [...result.rows].map((row) => from.slugs[row]).join(""), counts };
}

for (const [search, slugs, why] of [
  ["", "abcd", "a posting whose deadline has come is never shown as open"],
  ["?location=hartford-ct", "ad", "a place"],
  ["?location=hartford-ct&location=remote", "acd", "several values of one facet are OR"],
  ["?location=hartford-ct&type=full-time", "a", "facets are AND"],
  ["?type=not-stated", "d", "not stated is a value"],
  ["?tag=not-stated", "d", "not stated is a value of tags too"],
  ["?pay=not-stated", "c", "pay not stated is a value"],
  ["?min_pay=55000", "bcd", "pay not stated, or not comparable, stays"],
  ["?min_pay=55000&pay=stated", "bd", "unless the reader says otherwise"],
  ["?min_pay=25&per=hour", "abcd", "pay by the hour compares with pay by the year"],
  ["?min_pay=26&per=hour", "bcd", "by the full-time year"],
  ["?closing=7", "a", "a closing window, its last instant too"],
  ["?closing=30", "ab", "a wider one holds the narrower, and nothing a second later"],
  ["?closing=not-stated", "c", "no deadline"],
  ["?closing=7&closing=not-stated", "ac", "both"],
  ["?sort=closing", "abdc", "soonest deadline first, none last"],
  ["?sort=pay", "badc", "highest pay first; then what cannot be compared; then none"],
]) {
  test(`${search || "no filter"}: ${why}`, () => assert.equal(ask(search).slugs, slugs));
}

test("pay from a figure has no top that could be too low, and is in order by its figure; pay up to one has", () => {
  const pay = { a: ["Up to $40,000 a year", 0, 40_000, true], b: ["From $42,000 a year", 42_000, 0, true], c: YEAR };
  const paid = collection(Object.entries(pay).map(([slug, told]) => ({ slug, pay: told })));
  assert.deepEqual(["?min_pay=50000", "?min_pay=90000&pay=stated", "?sort=pay"].map((search) => ask(search, null, paid).slugs), ["bc", "b", "cba"]);
});

test("pay of exactly the least that is asked for is enough: a year's is rounded as in the build", () => {
  const paid = collection([{ slug: "a", pay: ["$17.33 an hour", 36_046, 36_046, true] }]);
  assert.deepEqual(["17.33", "17.34"].map((least) => ask(`?min_pay=${least}&per=hour`, null, paid).slugs), ["a", ""]);
});

test("counts follow the other facets, not their own", () => {
  const { counts } = ask("?location=hartford-ct");
  assert.deepEqual(counts("location"), { "hartford-ct": 2, connecticut: 2, "boston-ma": 1, massachusetts: 1, remote: 1 });
  assert.deepEqual(counts("type"), { "full-time": 1, "part-time": 0, "not-stated": 1 });
  assert.deepEqual(counts("pay"), { stated: 2, "not-stated": 0 });
  assert.deepEqual(counts("closing"), { 7: 1, 30: 1, "not-stated": 0 });
});

test("every count is what choosing that value alone would give", () => {
  for (const base of ["?tag=policy", "?tag=policy&type=full-time", "?min_pay=55000", "?closing=30&tag=field"]) {
    for (const facet of ["location", "type", "tag", "pay", "closing", "organization"]) {
      for (const [value, count] of Object.entries(ask(base).counts(facet))) {
        const others = new URLSearchParams(base.slice(1));
        others.delete(facet);
        others.append(facet, value);
        assert.equal(ask(`?${others}`).slugs.length, count, `${base} with ${facet}=${value}`);
      }
    }
  }
});

test("scores leave out and order", () => {
  const scores = Uint16Array.from([10, 0, 90, 10, 90]);
  assert.equal(ask("?q=x", scores).slugs, "cad");
  assert.equal(ask("?q=x&sort=closing", scores).slugs, "adc");
});

test("what has closed is listed where closed postings are", () => {
  const closed = collection(POSTINGS, { name: "closed" });
  assert.equal(ask("", null, closed).slugs, "abcde");
  assert.equal(ask("?closing=7", null, closed).slugs, "a"); // a deadline that has passed is within no days
});

test("an empty collection is no trouble", () => {
  assert.equal(ask("?q=x", new Uint16Array(), collection([])).slugs, "");
});

test("rows are put in order as comparing them would, and ties keep their order", () => {
  const scores = Uint16Array.from({ length: 300 }, (_, row) => (row * 7) % 11);
  const rows = Uint32Array.from(scores.keys()).filter((row) => row % 3 > 0);
  assert.deepEqual(byScore(rows, scores), rows.slice().sort((one, other) => scores[other] - scores[one] || one - other));
  assert.deepEqual(byPlace(Uint32Array.of(1, 2, 3), Uint32Array.of(3, 0, 2, 1)), Uint32Array.of(3, 2, 1));
  assert.equal(byScore(new Uint32Array(), scores).length, 0);
  assert.deepEqual(byScore(Uint32Array.of(0, 1), Uint16Array.of(9, 1)), Uint32Array.of(0, 1));
});
