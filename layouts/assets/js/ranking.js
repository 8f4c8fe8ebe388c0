/**
 * How well each posting matches the words of a search.
 * Owns the weights; refuses to know where the words of whole texts come from.
 */

import { wordsOf } from "./words.js";

/** @import { Collection } from "./columns.js" */
/** @typedef {{folded: readonly string[], of: Uint32Array, sets: readonly (readonly number[])[] | null, weight: number}} Field */
/** @typedef {{points: Uint8Array, values: (Uint8Array | null)[]}} Match points by row, and of each field by value */
/** @typedef {{fields: Field[], matches: Map<string, Match>}} Reading */

// A word found in two places counts where it weighs most; a whole word, and one that begins a title, weigh more.
const WEIGHTS = { organization: 40, location: 30, tag: 30, type: 20, arrangement: 20 };
const TITLE = 80;
const TEXT = 10;
const WHOLE = 8;
const FIRST = 4;

const KEPT = 40;

/** @type {WeakMap<Collection, Reading>} */
const readings = new WeakMap();

/**
 * Score the rows that have every word, as a beginning of one of their words.
 * @param {Collection} collection
 * @param {readonly string[]} words folded
 * @param {(word: string) => Uint8Array | null} inText rows whose text has the word; null while not known
 * @returns {Uint16Array} by row; 0 where a word is missing
 */
export function score(collection, words, inText) {
  const total = new Uint16Array(collection.size);
  words.forEach((word, place) => {
    const found = scoreWord(collection, word, inText(word));
    for (let row = 0; row < total.length; row += 1) {
      const here = found[row] ?? 0;
      total[row] = here > 0 && (place === 0 || (total[row] ?? 0) > 0) ? (total[row] ?? 0) + here : 0;
    }
  });
  return total;
}

/**
 * Get a collection ready, so that the first letter typed does not wait for it.
 * @param {Collection} collection
 */
export function prepare(collection) {
  readingOf(collection);
}

/**
 * Say whether a row shows a word without its text.
 * @param {Collection} collection
 * @param {string} word
 * @param {number} row
 * @returns {boolean}
 */
export function isShown(collection, word, row) {
  return (columnsScore(collection, word)[row] ?? 0) > 0;
}

/**
 * @param {Collection} collection
 * @param {string} word
 * @param {Uint8Array | null} text
 * @returns {Uint8Array}
 */
function scoreWord(collection, word, text) {
  const shown = columnsScore(collection, word);
  if (!text) return shown;
  const points = shown.slice();
  for (let row = 0; row < points.length; row += 1) if (text[row] && !points[row]) points[row] = TEXT;
  return points;
}

/**
 * Score the rows by what they show.
 * @param {Collection} collection
 * @param {string} word
 * @returns {Uint8Array}
 */
function columnsScore(collection, word) {
  const { fields, matches } = readingOf(collection);
  const known = matches.get(word);
  if (known) return known.points;
  // What has the word has its beginning: with every letter typed, fewer values are left to look at.
  const before = matches.get(word.slice(0, -1))?.values;
  const values = fields.map(({ folded, weight }, place) => matchesIn(folded, word, weight, before?.[place]));
  const points = new Uint8Array(collection.size);
  fields.forEach((field, place) => raise(points, field, values[place] ?? null));
  if (matches.size >= KEPT) matches.clear();
  matches.set(word, { points, values });
  return points;
}

/**
 * @param {readonly string[]} folded
 * @param {string} word
 * @param {number} weight
 * @param {Uint8Array | null} [among] points by value for the word's beginning; null where none has it
 * @returns {Uint8Array | null} points by value; null where none has the word
 */
function matchesIn(folded, word, weight, among) {
  if (among === null) return null;
  const found = new Uint8Array(folded.length);
  const [start, whole] = [` ${word}`, ` ${word} `];
  let any = false;
  for (let value = 0; value < found.length; value += 1) {
    if (among && !among[value]) continue;
    const points = scoreValue(folded[value] ?? "", start, whole, weight);
    if (points === 0) continue;
    found[value] = points;
    any = true;
  }
  return any ? found : null;
}

/**
 * Raise the rows' points to what one field gives them.
 * @param {Uint8Array} points
 * @param {Field} field
 * @param {Uint8Array | null} values points by value
 */
function raise(points, { sets, of }, values) {
  if (!values) return;
  const bySet = sets ? bestOfSets(sets, values) : values;
  for (let row = 0; row < points.length; row += 1) {
    const here = bySet[of[row] ?? 0] ?? 0;
    if (here > (points[row] ?? 0)) points[row] = here;
  }
}

/**
 * @param {readonly (readonly number[])[]} sets
 * @param {Uint8Array} values points by value
 * @returns {Uint8Array} points by set: those of its best value
 */
function bestOfSets(sets, values) {
  const best = new Uint8Array(sets.length);
  for (let set = 0; set < best.length; set += 1) {
    for (const value of sets[set] ?? []) {
      const here = values[value] ?? 0;
      if (here > (best[set] ?? 0)) best[set] = here;
    }
  }
  return best;
}

/**
 * @param {string} folded words, each with a space before and after
 * @param {string} start the word after a space
 * @param {string} whole the word between spaces
 * @param {number} weight
 * @returns {number}
 */
function scoreValue(folded, start, whole, weight) {
  const place = folded.indexOf(start);
  if (place < 0) return 0;
  return weight + (folded.includes(whole, place) ? WHOLE : 0) + (place === 0 ? FIRST : 0);
}

/**
 * @param {Collection} collection
 * @returns {Reading}
 */
function readingOf(collection) {
  let found = readings.get(collection);
  if (!found) {
    const { titles, facets } = collection;
    found = { fields: [{ folded: titles.values.map(spaced), of: titles.of, sets: null, weight: TITLE }], matches: new Map() };
    for (const [name, weight] of Object.entries(WEIGHTS)) {
      const facet = facets[name];
      if (facet) found.fields.push({ folded: facet.labels.map(spaced), of: facet.of, sets: facet.sets, weight });
    }
    readings.set(collection, found);
  }
  return found;
}

/** @param {string} text */
function spaced(text) {
  return ` ${wordsOf(text).join(" ")} `;
}
