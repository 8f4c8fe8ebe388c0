/**
 * A collection that can be asked: which rows a query gives, how many each value would, and whether that is all.
 * Owns the joining of filters and of text; refuses to know where files come from, or what is shown of the rows.
 */

import { decode } from "./columns.js";
import { countsOf, facetsOf, find } from "./filter.js";
import { placesBy } from "./order.js";
import { emptyQuery } from "./query.js";
import { isShown, readingOf, score, shownWords } from "./ranking.js";
import { Shards } from "./shards.js";

/** @import { Collection, Facet } from "./columns.js" */
/** @import { Found } from "./filter.js" */
/** @import { Query } from "./query.js" */
/** @import { Term } from "./terms.js" */
/**
 * @typedef {object} Result
 * @property {Found} found
 * @property {Record<string, Facet>} facets
 * @property {readonly Term[]} terms those that postings must have
 * @property {boolean} isPartial whether texts have still to be looked through
 */

/** Of how many readings of a word it is found out which has most rows. */
const TRIED = 8;

export class Volume {
  /** @type {Result | null} of no filter at all */
  #whole = null;

  /**
   * @param {string} name
   * @param {unknown} table the value of its columns
   * @param {(path: string) => Promise<unknown>} fetchJson fetches a path under `search/`
   * @param {string} language of the site
   */
  constructor(name, table, fetchJson, language) {
    /** @type {Collection} */
    this.collection = decode(name, table, language);
    this.shards = new Shards(this.collection, fetchJson);
    readingOf(this.collection);
  }

  /** Work the orders out, so that the first reader's choice of one does not wait for it; only the first call takes time. */
  prepare() {
    for (const order of /** @type {const} */ (["closing", "pay"])) placesBy(this.collection, order);
  }

  /**
   * @param {number} now POSIX seconds
   * @returns {Record<string, Facet>}
   */
  facets(now) {
    return facetsOf(this.collection, now);
  }

  /**
   * @param {Query} query
   * @param {number} now POSIX seconds
   * @returns {Result}
   */
  result(query, now) {
    const { collection, shards } = this;
    const { terms, unwanted, filler } = collection.vocabulary.sought(query.text);
    const asks = terms.length + unwanted.length > 0;
    const scores = asks ? score(collection, terms, (word) => shards.known(word), filler, unwanted) : null;
    const facets = this.facets(now);
    const isPartial = terms.flat(2).some((word) => shards.lacks(word));
    return { found: find(collection, facets, query, scores, now), facets, terms, isPartial };
  }

  /**
   * Return how many postings each value of a facet would give, were it the only one chosen of that facet.
   * @param {Result} result
   * @param {string} name of the facet
   * @returns {Uint32Array} by value
   */
  counts({ found, facets }, name) {
    const facet = facets[name];
    return facet ? countsOf(found, name, facet) : new Uint32Array();
  }

  /**
   * Return how many postings each value of a facet has, whatever is asked for, at the first instant it was asked.
   * @param {string} name of the facet
   * @param {number} now POSIX seconds
   * @returns {Uint32Array} by value
   */
  totals(name, now) {
    this.#whole ??= this.result(emptyQuery(this.collection.name === "closed" ? "closed" : "open"), now);
    return this.counts(this.#whole, name);
  }

  /**
   * Return the words that a row does not show, nor others for the same: they are in its text.
   * @param {readonly Term[]} terms
   * @param {number} row
   */
  hidden(terms, row) {
    const isMissing = (/** @type {string} */ word) => !isShown(this.collection, word, row);
    return terms.filter((term) => term.every((phrase) => phrase.some(isMissing))).flatMap((term) => term.flat().filter(isMissing));
  }

  /**
   * Return what to search for instead where nothing has all the words: those that nothing has in the nearest spelling
   * that something has, and of all these as many as one posting has.
   * @param {Query} query
   * @param {number} now POSIX seconds
   * @returns {Promise<string>} empty where no posting has any
   */
  async instead(query, now) {
    const { collection, shards } = this;
    const { vocabulary } = collection;
    const pointsOf = (/** @type {string} */ text) => score(collection, vocabulary.sought(text).terms, (word) => shards.known(word));
    const rowsWith = (/** @type {string} */ text) => pointsOf(text).filter(Boolean).length;
    const { terms, unwanted } = vocabulary.sought(query.text);
    const words = terms.flatMap(([own = []]) => own);
    if (words.length === 0) return "";
    const unknown = words.filter((word) => rowsWith(word) === 0);
    const { meantBy, mostTogether } = await import("./spelling.js");
    const known = new Set([...shownWords(collection), ...unknown.flatMap((word) => shards.around(word))]);
    const meant = words.map((word) => (unknown.includes(word) ? mostFound(meantBy(word, known, collection.inflection.root), rowsWith) : word));
    const there = [...new Set(meant.filter((text) => text !== undefined))];
    await this.lookUp(there.join(" "));
    const without = unwanted.map((phrase) => `-${phrase.map((word) => word.trim()).join("-")}`);
    const best = mostTogether(there, there.map(pointsOf), this.result({ ...query, text: without.join(" ") }, now).found.rows);
    return best.length > 0 ? [...best, ...without].join(" ") : "";
  }

  /**
   * Fetch what is needed to know which texts have the words of a search.
   * @param {string} text
   */
  async lookUp(text) {
    await this.shards.load(this.collection.vocabulary.sought(text).terms.flat(2));
  }
}

/**
 * @param {readonly string[]} texts
 * @param {(text: string) => number} rowsWith
 * @returns {string | undefined} the text whose words most rows have
 */
function mostFound(texts, rowsWith) {
  const found = texts.slice(0, TRIED).map((text) => ({ text, rows: rowsWith(text) }));
  return found.sort((one, other) => other.rows - one.rows)[0]?.text;
}
