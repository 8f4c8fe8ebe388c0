/**
 * How well each posting matches the words of a search.
 * Owns the weights; refuses to know where the words of whole texts come from.
 *
 * The values of a field stand in one long text, a line each, so that a word is found in all of them at the speed
 * at which a browser searches a page; with every further letter only the places found before are looked at again.
 */

import { searchFor } from "./inflection.js";
import { NOT_STATED, PARAMETERS } from "./query.js";
import { linesOf } from "./words.js";

/** @import { Collection } from "./columns.js" */
/** @import { Search } from "./inflection.js" */
/** @import { Phrase, Term } from "./terms.js" */
/** @typedef {{text: string, starts: Uint32Array, of: Uint32Array, sets: readonly (readonly number[])[] | null, weight: number}} Field */
/** @typedef {Uint32Array[]} Places by field where in its text words begin: the places of the spaces before them */
/** @typedef {{fields: Field[], places: Map<string, Places>, points: Map<string, Uint8Array>}} Reading by word; points by row */

// A word found in two places counts where it weighs most; a whole word, and one that begins a title, weigh more. Where
// few letters are a whole word, as "MA" of a state, this is more than where a title has the beginning of one. Of the longer
// words that a word begins, its own forms weigh more, as "interns" and "internship" of "intern" do than "internal", and so
// does its singular. Other words for the same come next, as "representative" before "report" for "rep", and then what it
// merely begins: each of these steps is more than what the first word of a title adds. Another word with the same root
// counts less.
// What is in the text alone counts so little that a title with one word of two comes after a remote job with both.
const WEIGHTS = /** @type {Readonly<Record<string, number>>} */ ({ organization: 140, location: 130, tag: 130 });
const OTHER = 120;
const TITLE = 180;
const TEXT = 10;
const TEXT_FORM = 6;
const WHOLE = 15;
const FORM = 10;
const FEW = 3;
const WHOLE_OF_FEW = 66;
const FIRST = 4;
const SAME_ROOT = 8;
const OTHER_WORDS = 5;
// What part of its points a word gives that a row need not have: by "job", a "Job Developer" comes before other developers,
// but an employer called "Jobs Now" has no job before the titles with the other words.
const FILLER_PART = 1 / 16;

const KEPT = 40;
const NOWHERE = new Uint32Array();

/** @type {WeakMap<Collection, Reading>} */
const readings = new WeakMap();

/**
 * Score the rows that have every term, each word as a beginning of one of their words or in another form, and that show
 * nothing unwanted. What is unwanted may be in a text, as "you report to a senior organizer" is in that of another job.
 * @param {Collection} collection
 * @param {readonly Term[]} terms
 * @param {(word: string) => Uint8Array | null} inText by row whether its text has the word, as `Shards` knows it; null while not known
 * @param {readonly string[]} [filler] words that raise a row that shows just them, and leave out none: "in" begins "International"
 * @param {readonly Phrase[]} [unwanted]
 * @returns {Uint16Array} by row; 0 where a term is missing, or something unwanted is there
 */
export function score(collection, terms, inText, filler = [], unwanted = []) {
  const total = new Uint16Array(collection.size).fill(1);
  for (const [own = [], ...others] of terms) {
    const points = new Uint16Array(collection.size);
    own.forEach((word, at) => addWord(points, columnsScore(collection, word), inText(word), at === 0));
    for (const phrase of others) raiseBy(points, own.length, phrase.map((word) => [columnsScore(collection, word), inText(word)]));
    for (let row = 0; row < total.length; row += 1) total[row] = points[row] && total[row] ? (total[row] ?? 0) + (points[row] ?? 0) : 0;
  }
  for (const word of filler) {
    const points = columnsScore(collection, `${word} `);
    for (let row = 0; row < total.length; row += 1) if (total[row]) total[row] = (total[row] ?? 0) + (points[row] ?? 0) * FILLER_PART;
  }
  for (const phrase of unwanted) {
    const points = phrase.map((word) => columnsScore(collection, word));
    for (let row = 0; row < total.length; row += 1) if (points.every((of) => of[row])) total[row] = 0;
  }
  return total;
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
    const here = pointsAt(row, points, text);
    const before = total[row] ?? 0;
    total[row] = here > 0 && (isFirst || before > 0) ? before + here : 0;
  }
}

/**
 * @param {number} row
 * @param {Uint8Array} points of a word by row
 * @param {Uint8Array | null} text
 */
function pointsAt(row, points, text) {
  return points[row] || (text?.[row] ? (text[row] === 1 ? TEXT : TEXT_FORM) : 0);
}

/**
 * Raise rows to what other words for the same give them: that which counts least, for each of the reader's own words.
 * @param {Uint16Array} total
 * @param {number} length of the reader's own phrase
 * @param {readonly [points: Uint8Array, text: Uint8Array | null][]} words
 */
function raiseBy(total, length, words) {
  for (let row = 0; row < total.length; row += 1) {
    let least = Infinity;
    for (const [points, text] of words) least = Math.min(least, pointsAt(row, points, text));
    if (least > 0) total[row] = Math.max(total[row] ?? 0, least * length - OTHER_WORDS);
  }
}

/**
 * Score the rows by what they show.
 * @param {Collection} collection
 * @param {string} word
 * @returns {Uint8Array}
 */
function columnsScore(collection, word) {
  const reading = readingOf(collection);
  const known = reading.points.get(word);
  if (known) return known;
  const points = new Uint8Array(collection.size);
  const { number, root } = collection.inflection;
  const put = (/** @type {Places} */ places, /** @type {number} */ less, /** @type {(other: string) => number} */ more = () => 0) =>
    reading.fields.forEach((field, at) => raise(points, field, pointsOf(field, places[at] ?? NOWHERE, field.weight - less, more)));
  const ofRoot = searchFor(word, root);
  put(placesOf(reading, word), 0, moreFor(word, ofRoot));
  put(formsOf(reading, word, searchFor(word, number)), -FORM);
  put(formsOf(reading, word, ofRoot), SAME_ROOT);
  if (reading.points.size >= KEPT) reading.points.clear();
  reading.points.set(word, points);
  return points;
}

/**
 * @param {Reading} reading
 * @param {string} word
 * @returns {Places} of words with this beginning
 */
function placesOf({ fields, places }, word) {
  const known = places.get(word);
  if (known) return known;
  const before = places.get(word.slice(0, -1));
  const found = fields.map(({ text }, number) => {
    const among = before?.[number];
    return among ? narrowed(text, word, among) : placesIn(text, word);
  });
  if (places.size >= KEPT) places.clear();
  places.set(word, found);
  return found;
}

/**
 * @param {string} word
 * @param {Search} search
 * @returns {(other: string) => number} what a word that it begins weighs more than just any
 */
function moreFor(word, { isForm }) {
  /** @type {Map<string, number>} few words stand in many places */
  const known = new Map([[word, word.length > FEW ? WHOLE : WHOLE_OF_FEW]]);
  return (other) => {
    const more = known.get(other) ?? (isForm(other) ? FORM : 0);
    known.set(other, more);
    return more;
  };
}

/**
 * @param {Reading} reading
 * @param {string} word
 * @param {Search} search
 * @returns {Places} of other forms of the word, which do not begin with it
 */
function formsOf(reading, word, { beginning, isForm }) {
  if (beginning === word) return [];
  /** @type {Map<string, boolean>} */
  const known = new Map();
  const isOther = (/** @type {string} */ other) => {
    if (!known.has(other)) known.set(other, !other.startsWith(word) && isForm(other));
    return known.get(other);
  };
  return placesOf(reading, beginning).map((places, number) => {
    const text = reading.fields[number]?.text ?? "";
    return places.filter((at) => isOther(wordAt(text, at)));
  });
}

/**
 * @param {string} text
 * @param {number} at the place of the space before it
 */
function wordAt(text, at) {
  return text.slice(at + 1, text.indexOf(" ", at + 1));
}

/**
 * Return where words with this beginning stand.
 * @param {string} text
 * @param {string} word
 * @returns {Uint32Array} the places of the spaces before them
 */
function placesIn(text, word) {
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
 * @param {Uint32Array} places
 * @param {number} weight
 * @param {(other: string) => number} more what the word at a place weighs more
 * @returns {Uint8Array | null} points by value; null where none has the word
 */
function pointsOf({ text, starts }, places, weight, more) {
  if (places.length === 0) return null;
  const points = new Uint8Array(starts.length - 1);
  let value = 0;
  for (let number = 0; number < places.length; number += 1) {
    const at = places[number] ?? 0;
    while ((starts[value + 1] ?? 0) <= at) value += 1;
    const here = weight + (at === starts[value] ? FIRST : 0) + more(wordAt(text, at));
    if (here > (points[value] ?? 0)) points[value] = here;
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
 * Return what is searched of a collection, which takes long once: the first letter typed should not wait for it.
 * @param {Collection} collection
 * @returns {Reading}
 */
export function readingOf(collection) {
  let found = readings.get(collection);
  if (!found) {
    const { titles, facets } = collection;
    found = { fields: [{ ...linesOf(titles.values), of: titles.of, sets: null, weight: TITLE }], places: new Map(), points: new Map() };
    for (const name of Object.values(PARAMETERS)) {
      const facet = facets[name];
      // What says that nothing is stated is no word of the posting: "no experience" is not for whatever has "No tags".
      const labels = facet?.labels.map((label, value) => (facet.slugs[value] === NOT_STATED ? "" : label)) ?? [];
      if (facet) found.fields.push({ ...linesOf(labels), of: facet.of, sets: facet.sets, weight: WEIGHTS[name] ?? OTHER });
    }
    readings.set(collection, found);
  }
  return found;
}
