/**
 * What a query gives of a volume: the words looked for, the rows found, and whether this is all of it yet.
 * Owns the joining of filters and of text; refuses to fetch anything.
 */

import { countsOf, facetsOf, find } from "./filter.js";
import { emptyQuery } from "./query.js";
import { isShown, score } from "./ranking.js";
import { wordsOf } from "./words.js";

/** @import { Facet } from "./columns.js" */
/** @import { Found } from "./filter.js" */
/** @import { Volume } from "./library.js" */
/** @import { Query } from "./query.js" */
/**
 * @typedef {object} Result
 * @property {Found} found
 * @property {Record<string, Facet>} facets
 * @property {readonly string[]} words folded
 * @property {boolean} isPartial whether texts have still to be looked through
 */

/**
 * @param {Volume} volume
 * @param {Query} query
 * @param {number} now POSIX seconds
 * @returns {Result}
 */
export function resultOf({ collection, shards }, query, now) {
  const words = wordsOf(query.text);
  const scores = words.length > 0 ? score(collection, words, (word) => shards.known(word)) : null;
  const facets = facetsOf(collection, now);
  return { found: find(collection, facets, query, scores, now), facets, words, isPartial: words.some((word) => shards.lacks(word)) };
}

/**
 * Return how many postings of a volume each value of a facet has, whatever is asked for.
 * @param {Volume} volume
 * @param {string} facet
 * @param {number} now POSIX seconds
 * @returns {Uint32Array}
 */
export function totalsOf({ collection }, facet, now) {
  const facets = facetsOf(collection, now);
  const found = find(collection, facets, emptyQuery(collection.name === "closed" ? "closed" : "open"), null, now);
  return countsOf(found, facet, facets[facet] ?? { slugs: [], labels: [], sets: [], of: new Uint32Array() });
}

/**
 * Return the words that a row does not show: they are in its text.
 * @param {Volume} volume
 * @param {readonly string[]} words
 * @param {number} row
 */
export function hiddenIn({ collection }, words, row) {
  return words.filter((word) => !isShown(collection, word, row));
}
