/**
 * How well each posting matches the words of a search.
 * Owns the weights; refuses to know where the words of whole texts come from.
 *
 * The values of a field stand in one long text, a line each, so that a word is found in all of them at the speed
 * at which a browser searches a page; with every further letter only the places found before are looked at again.
 */

import { linesOf } from "./words.js";

/** @import { Collection } from "./columns.js" */
/** @typedef {{text: string, starts: Uint32Array, of: Uint32Array, sets: readonly (readonly number[])[] | null, weight: number}} Field */
/** @typedef {{points: Uint8Array, places: Uint32Array[]}} Match points by row, and by field where in its text the word begins */
/** @typedef {{fields: Field[], matches: Map<string, Match>}} Reading */

// A word found in two places counts where it weighs most; a whole word, and one that begins a title, weigh more.
const WEIGHTS = { organization: 40, location: 30, tag: 30, type: 20, arrangement: 20 };
const TITLE = 80;
const TEXT = 10;
const WHOLE = 8;
const FIRST = 4;

const SPACE = 32;
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
  words.forEach((word, place) => addWord(total, columnsScore(collection, word), inText(word), place === 0));
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
 * Return the words of all that rows show.
 * @param {Collection} collection
 * @returns {string[]}
 */
export function shownWords(collection) {
  return readingOf(collection).fields.flatMap(({ text }) => text.split(/\s+/).filter(Boolean));
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
 * @param {Uint16Array} total
 * @param {Uint8Array} points of the word by row
 * @param {Uint8Array | null} text
 * @param {boolean} isFirst
 */
function addWord(total, points, text, isFirst) {
  for (let row = 0; row < total.length; row += 1) {
    const here = points[row] || (text?.[row] ? TEXT : 0);
    const before = total[row] ?? 0;
    total[row] = here > 0 && (isFirst || before > 0) ? before + here : 0;
  }
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
  const before = word.length > 1 ? matches.get(word.slice(0, -1)) : undefined;
  const places = fields.map(({ text }, number) => {
    const among = before?.places[number];
    return among ? narrowed(text, word, among) : placesOf(text, word);
  });
  const points = new Uint8Array(collection.size);
  fields.forEach((field, number) => raise(points, field, pointsOf(field, word, places[number] ?? new Uint32Array())));
  if (matches.size >= KEPT) matches.clear();
  matches.set(word, { points, places });
  return points;
}

/**
 * Return where words with this beginning stand.
 * @param {string} text
 * @param {string} word
 * @returns {Uint32Array} the places of the spaces before them
 */
function placesOf(text, word) {
  const start = ` ${word}`;
  const places = [];
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) places.push(at);
  return Uint32Array.from(places);
}

/**
 * Return those of the places of a word's beginning, without its last letter, where the word goes on so.
 * @param {string} text
 * @param {string} word
 * @param {Uint32Array} among
 * @returns {Uint32Array}
 */
function narrowed(text, word, among) {
  const last = word.charCodeAt(word.length - 1);
  return among.filter((at) => text.charCodeAt(at + word.length) === last);
}

/**
 * @param {Field} field
 * @param {string} word
 * @param {Uint32Array} places
 * @returns {Uint8Array | null} points by value; null where none has the word
 */
function pointsOf({ text, starts, weight }, word, places) {
  if (places.length === 0) return null;
  const points = new Uint8Array(starts.length - 1);
  let value = 0;
  for (let number = 0; number < places.length; number += 1) {
    const at = places[number] ?? 0;
    while ((starts[value + 1] ?? 0) <= at) value += 1;
    const before = points[value] || weight + (at === starts[value] ? FIRST : 0);
    const isWhole = text.charCodeAt(at + word.length + 1) === SPACE;
    points[value] = isWhole && before < weight + WHOLE ? before + WHOLE : before;
  }
  return points;
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
 * @param {Collection} collection
 * @returns {Reading}
 */
function readingOf(collection) {
  let found = readings.get(collection);
  if (!found) {
    const { titles, facets } = collection;
    found = { fields: [{ ...linesOf(titles.values), of: titles.of, sets: null, weight: TITLE }], matches: new Map() };
    for (const [name, weight] of Object.entries(WEIGHTS)) {
      const facet = facets[name];
      if (facet) found.fields.push({ ...linesOf(facet.labels), of: facet.of, sets: facet.sets, weight });
    }
    readings.set(collection, found);
  }
  return found;
}
