/**
 * A collection of postings in columns, as the build wrote it.
 * Owns the reading of `search/<name>.json`; refuses to know queries and pages.
 */

import { inflectionOf } from "./inflection.js";
import { checksum } from "./pagination.js";
import { FIXED } from "./query.js";
import { Vocabulary } from "./terms.js";

/** @import { Inflection } from "./inflection.js" */
/** @typedef {[text: string, machine: string, rolling: boolean, seconds: number, dated: boolean, reason: string, closedOn: number]} Closing */
/** @typedef {[text: string, low: number, high: number, stated: boolean]} Pay a year's in cents; 0 where an end is open or cannot be compared */
/**
 * Values told once: row r has `values[of[r]]`.
 * @template T
 * @typedef {{values: readonly T[], of: Uint32Array}} Column
 */
/**
 * A facet: row r has the values numbered `sets[of[r]]`.
 * @typedef {object} Facet
 * @property {readonly string[]} slugs
 * @property {readonly string[]} labels
 * @property {readonly (readonly number[])[]} sets
 * @property {Uint32Array} of
 * @property {Readonly<Record<number, readonly string[]>>} [spelled] the labels of rows that write a term in another way
 */
/**
 * @typedef {object} Collection
 * @property {string} name
 * @property {Inflection} inflection of the site's language
 * @property {Vocabulary} vocabulary
 * @property {number} size
 * @property {readonly string[]} slugs
 * @property {Uint32Array} checksums of the slugs
 * @property {Column<string>} titles
 * @property {Int32Array} added days since 1970-01-01
 * @property {ReadonlySet<number>} posted the rows of which `added` is the day the employer posted them
 * @property {Column<Closing>} closing
 * @property {Column<Pay>} pay
 * @property {Column<string>} language
 * @property {Column<string>} place
 * @property {Readonly<Record<string, Facet>>} facets those of the build, and whether pay is stated
 * @property {Readonly<Record<string, number>>} periods a year's pay in cents for one unit of the currency in each
 * @property {readonly string[]} starts where shards begin in the alphabet
 * @property {readonly string[]} versions of the segments
 * @property {readonly Uint32Array[]} segments the rows of each segment
 */
/** @typedef {{values: any[], rows: number[]}} Told */

/**
 * Read a collection from its JSON value.
 * @param {string} name
 * @param {any} table
 * @param {string} language BCP 47
 * @returns {Collection}
 */
export function decode(name, table, language) {
  const size = table.slugs.length;
  const pay = column(table.pay);
  const isStated = { slugs: FIXED.pay, labels: [], sets: pay.values.map(([, , , stated]) => [stated ? 0 : 1]), of: pay.of };
  const facets = Object.entries(table.facets).map(([facet, found]) => [facet, facetOf(found)]);
  const inflection = inflectionOf(language);
  return {
    name,
    inflection,
    vocabulary: new Vocabulary(table.search, table.synonyms, inflection.number),
    size,
    slugs: table.slugs,
    checksums: Uint32Array.from(table.slugs, checksum),
    titles: column(table.titles),
    added: sums(table.added),
    posted: new Set(table.posted),
    closing: column(table.closing),
    pay,
    language: column(table.language),
    place: column(table.place),
    facets: { ...Object.fromEntries(facets), pay: isStated },
    periods: table.periods,
    starts: table.starts,
    versions: table.versions,
    segments: rowsOfSegments(table.segments, table.versions.length, size),
  };
}

/**
 * Return the numbers whose differences these are.
 * @param {readonly number[]} deltas
 * @returns {Int32Array}
 */
function sums(deltas) {
  const values = new Int32Array(deltas.length);
  let sum = 0;
  for (let place = 0; place < deltas.length; place += 1) values[place] = sum += deltas[place] ?? 0;
  return values;
}

/** @param {Told} told */
function column(told) {
  return { values: told.values, of: Uint32Array.from(told.rows) };
}

/**
 * @param {any} found
 * @returns {Facet}
 */
function facetOf(found) {
  return { slugs: found.slugs, labels: found.labels, sets: found.sets.values, of: Uint32Array.from(found.sets.rows), spelled: found.spelled };
}

/**
 * @param {readonly number[]} segments the segment of each row; empty where there is but one
 * @param {number} count
 * @param {number} size
 * @returns {Uint32Array[]}
 */
function rowsOfSegments(segments, count, size) {
  /** @type {number[][]} */
  const rows = Array.from({ length: count }, () => []);
  for (let row = 0; row < size; row += 1) rows[segments[row] ?? 0]?.push(row);
  return rows.map((found) => Uint32Array.from(found));
}
