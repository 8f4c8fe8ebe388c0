/**
 * Which postings a query asks for, in which order, and how many each further value would give.
 * Owns OR within a facet and AND across facets; refuses to know how text is scored.
 *
 * One pass over the rows notes, for each that fails, whether one facet alone is to blame: such a row counts for
 * the other values of that facet, so every count follows the filters of the other facets.
 */

import { byPlace, byScore, placesBy } from "./order.js";
import { sortOf } from "./query.js";

/** @import { Collection, Facet } from "./columns.js" */
/** @import { Query } from "./query.js" */
/** @typedef {{rows: Uint32Array, counts: Record<string, Uint32Array>}} Result counts by facet and value number */
/** @typedef {{facet: string | null, pass: Uint8Array, of: Uint32Array}} Test row r passes if `pass[of[r]]` */

export const STATED = "stated";
export const NOT_STATED = "not-stated";
export const WINDOWS = [7, 30];
const DAY = 86_400;

/**
 * Return all facets of a collection: those of the build, and pay and deadline, which depend on the instant.
 * @param {Collection} collection
 * @param {number} now POSIX seconds
 * @returns {Record<string, Facet>}
 */
export function facetsOf(collection, now) {
  const { pay, closing } = collection;
  return {
    ...collection.facets,
    pay: {
      slugs: [STATED, NOT_STATED],
      labels: [],
      sets: pay.values.map(([, , , stated]) => [stated ? 0 : 1]),
      of: pay.of,
    },
    closing: {
      slugs: [...WINDOWS.map(String), NOT_STATED],
      labels: [],
      sets: closing.values.map(([, , , seconds, dated]) => (dated ? windowsOf(seconds - now) : [WINDOWS.length])),
      of: closing.of,
    },
  };
}

/**
 * @param {number} left seconds until a deadline
 * @returns {number[]}
 */
function windowsOf(left) {
  return WINDOWS.flatMap((days, number) => (left > 0 && left <= days * DAY ? [number] : []));
}

/**
 * Find the rows that a query asks for.
 * @param {Collection} collection
 * @param {Record<string, Facet>} facets
 * @param {Query} query
 * @param {Uint16Array | null} scores by row, 0 where the text does not match; null without text
 * @param {number} now POSIX seconds
 * @param {readonly string[]} [counted] the facets whose counts are wanted; all without it
 * @returns {Result}
 */
export function find(collection, facets, query, scores, now, counted = Object.keys(facets)) {
  const tests = testsOf(collection, facets, query, now);
  const wanted = Object.entries(facets).filter(([name]) => counted.includes(name));
  const counts = Object.fromEntries(wanted.map(([name, facet]) => [name, new Uint32Array(facet.sets.length)]));
  const kept = new Uint32Array(collection.size);
  let size = 0;
  for (let row = 0; row < collection.size; row += 1) {
    if (scores && scores[row] === 0) continue;
    const failed = failing(tests, row);
    if (failed === undefined) {
      kept[size] = row;
      size += 1;
    } else if (failed?.facet) {
      tally(counts[failed.facet], failed.of[row]);
    }
  }
  const rows = kept.subarray(0, size);
  for (const [name, facet] of wanted) {
    const count = counts[name];
    for (let place = 0; place < size; place += 1) tally(count, facet.of[rows[place] ?? 0]);
  }
  return { rows: ordered(rows, collection, query, scores), counts: countsOfValues(wanted, counts) };
}

/**
 * @param {Uint32Array | undefined} counts
 * @param {number | undefined} place
 */
function tally(counts, place) {
  if (counts && place !== undefined) counts[place] = (counts[place] ?? 0) + 1;
}

/**
 * @param {readonly Test[]} tests
 * @param {number} row
 * @returns {Test | null | undefined} the one test that fails, null for several, undefined for none
 */
function failing(tests, row) {
  /** @type {Test | undefined} */
  let failed;
  for (const test of tests) {
    if (test.pass[test.of[row] ?? 0]) continue;
    if (failed) return null;
    failed = test;
  }
  return failed;
}

/**
 * @param {Collection} collection
 * @param {Record<string, Facet>} facets
 * @param {Query} query
 * @param {number} now
 * @returns {Test[]}
 */
function testsOf(collection, facets, query, now) {
  const { closing, pay } = collection;
  /** @type {Test[]} */
  const tests = [];
  for (const [name, facet] of Object.entries(facets)) {
    const chosen = query.chosen[name] ?? [];
    if (chosen.length > 0) tests.push({ facet: name, of: facet.of, pass: passing(facet, chosen) });
  }
  if (query.minPay !== null) {
    const least = query.minPay * (collection.periods[query.per] ?? 1);
    // Pay in another currency, or none, cannot be compared: it stays.
    tests.push({ facet: null, of: pay.of, pass: Uint8Array.from(pay.values, ([, , high]) => Number(high === 0 || high >= least)) });
  }
  if (collection.name === "open") {
    tests.push({ facet: null, of: closing.of, pass: Uint8Array.from(closing.values, ([, , , seconds]) => Number(seconds > now)) });
  }
  return tests;
}

/**
 * Say of each set of values whether it has one of those chosen.
 * @param {Facet} facet
 * @param {readonly string[]} chosen
 * @returns {Uint8Array}
 */
function passing({ slugs, sets }, chosen) {
  const wanted = Uint8Array.from(slugs, (slug) => Number(chosen.includes(slug)));
  const pass = new Uint8Array(sets.length);
  for (let number = 0; number < pass.length; number += 1) {
    for (const value of sets[number] ?? []) if (wanted[value]) pass[number] = 1;
  }
  return pass;
}

/**
 * Turn counts of sets into counts of the values in them.
 * @param {readonly (readonly [string, Facet])[]} facets
 * @param {Record<string, Uint32Array>} bySet
 * @returns {Record<string, Uint32Array>}
 */
function countsOfValues(facets, bySet) {
  /** @type {Record<string, Uint32Array>} */
  const counts = {};
  for (const [name, { slugs, sets }] of facets) {
    const count = (counts[name] = new Uint32Array(slugs.length));
    const found = bySet[name] ?? [];
    for (let set = 0; set < found.length; set += 1) {
      const here = found[set] ?? 0;
      if (here > 0) for (const value of sets[set] ?? []) count[value] = (count[value] ?? 0) + here;
    }
  }
  return counts;
}

/**
 * @param {Uint32Array} rows in the order of the list
 * @param {Collection} collection
 * @param {Query} query
 * @param {Uint16Array | null} scores
 * @returns {Uint32Array}
 */
function ordered(rows, collection, query, scores) {
  const sort = sortOf(query);
  if (sort === "best" && scores) return byScore(rows, scores);
  return sort === "closing" || sort === "pay" ? byPlace(rows, placesBy(collection, sort)) : rows;
}
