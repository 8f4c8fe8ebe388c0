/**
 * Which postings a query asks for, in which order, and how many each further value would give.
 * Owns OR within a facet and AND across facets; refuses to know how text is scored.
 *
 * One pass over the rows notes, for each that fails, whether one facet alone is to blame: such a row counts for
 * the other values of that facet, so every count follows the filters of the other facets.
 */

import { byPlace, byScore, placesBy } from "./order.js";
import { FIXED, WINDOWS, sortOf } from "./query.js";

/** @import { Collection, Facet } from "./columns.js" */
/** @import { Query } from "./query.js" */
/** @typedef {{rows: Uint32Array, tests: readonly Test[], blame: Uint8Array}} Found the rows in order; of each row of the collection which test it fails */
/** @typedef {{facet: string | null, pass: Uint8Array, of: Uint32Array}} Test row r passes if `pass[of[r]]` */

const DAY = 86_400;
const NONE = 0;
const SEVERAL = 255;

/**
 * Return all facets of a collection: its own, and the deadline, which depends on the instant.
 * @param {Collection} collection
 * @param {number} now POSIX seconds
 * @returns {Record<string, Facet>}
 */
export function facetsOf(collection, now) {
  const { closing } = collection;
  return {
    ...collection.facets,
    closing: {
      slugs: FIXED.closing,
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
 * @returns {Found}
 */
export function find(collection, facets, query, scores, now) {
  const tests = testsOf(collection, facets, query, now);
  const blame = blameOf(collection.size, tests, scores);
  const rows = ordered(blameless(blame), collection, query, scores);
  return { rows, tests, blame };
}

/**
 * Count how many rows each value of a facet would give, were it the only one chosen of that facet.
 * @param {Found} found
 * @param {string} name
 * @param {Facet} facet
 * @returns {Uint32Array} by value
 */
export function countsOf({ tests, blame }, name, { slugs, sets, of }) {
  const own = tests.findIndex((test) => test.facet === name) + 1;
  const bySet = new Uint32Array(sets.length);
  for (let row = 0; row < blame.length; row += 1) {
    if (blame[row] !== NONE && blame[row] !== own) continue;
    const set = of[row] ?? 0;
    bySet[set] = (bySet[set] ?? 0) + 1;
  }
  const counts = new Uint32Array(slugs.length);
  for (let set = 0; set < bySet.length; set += 1) {
    for (const value of sets[set] ?? []) counts[value] = (counts[value] ?? 0) + (bySet[set] ?? 0);
  }
  return counts;
}

/**
 * Note for each row the number of the one test that it fails, from 1; or that it fails none, or several.
 * @param {number} size
 * @param {readonly Test[]} tests
 * @param {Uint16Array | null} scores
 * @returns {Uint8Array}
 */
function blameOf(size, tests, scores) {
  const blame = new Uint8Array(size);
  if (scores) for (let row = 0; row < size; row += 1) if (scores[row] === 0) blame[row] = SEVERAL;
  tests.forEach(({ pass, of }, place) => {
    for (let row = 0; row < size; row += 1) {
      if (!pass[of[row] ?? 0]) blame[row] = blame[row] === NONE ? place + 1 : SEVERAL;
    }
  });
  return blame;
}

/**
 * @param {Uint8Array} blame
 * @returns {Uint32Array} the rows that fail no test
 */
function blameless(blame) {
  const rows = new Uint32Array(blame.length);
  let size = 0;
  for (let row = 0; row < blame.length; row += 1) {
    if (blame[row] !== NONE) continue;
    rows[size] = row;
    size += 1;
  }
  return rows.subarray(0, size);
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
    // In whole cents, as the build has the pay of a year.
    const least = Math.round(query.minPay * (collection.periods[query.per] ?? 1));
    // Pay in another currency, "from" a figure, or not stated, may reach it: it stays.
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
  const wanted = slugs.map((slug) => chosen.includes(slug));
  return Uint8Array.from(sets, (values) => Number(values.some((value) => wanted[value])));
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
