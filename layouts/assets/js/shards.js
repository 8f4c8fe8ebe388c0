/**
 * The words of whole texts, fetched shard by shard as they are asked for.
 * Owns which shards hold a word and what is in them; refuses to know how files are fetched.
 */

import { searchFor } from "./inflection.js";
import { isSought } from "./words.js";

/** @import { Collection } from "./columns.js" */
/** @import { Search } from "./inflection.js" */
/** @typedef {{version: string, words: string, places: number[][]}} ShardTable */
/** @typedef {{words: string[], places: number[][]}} Shard */
/** @typedef {{rows: Uint32Array, version: string | undefined, path: string}} Part a shard of a segment, whose rows these are */

const KEPT = 64;
/** The most places of words that are looked through at once while a reader types. */
const AT_ONCE = 60_000;

export class Shards {
  /** @type {Map<string, Promise<Shard>>} */
  #shards = new Map();
  /** @type {Map<string, Shard>} those that have come */
  #here = new Map();
  /** @type {Map<string, Uint8Array>} */
  #found = new Map();

  /**
   * @param {Collection} collection
   * @param {(path: string) => Promise<unknown>} fetchJson fetches a path under `search/`
   */
  constructor(collection, fetchJson) {
    this.collection = collection;
    this.fetchJson = fetchJson;
  }

  /**
   * Return the rows whose text has the word, if that is known already or takes no time to find out.
   * @param {string} word
   * @returns {Uint8Array | null} by row: 1 where a word begins with it, 2 where it has but another form
   */
  known(word) {
    return this.#found.get(word) ?? this.#lookNow(word);
  }

  /**
   * Say whether it has still to be looked up which texts have the word.
   * @param {string} word
   */
  lacks(word) {
    return isSought(word) && this.known(word) === null;
  }

  /**
   * @param {string} word
   * @returns {Uint8Array | null}
   */
  #lookNow(word) {
    if (!isSought(word)) return null;
    const search = this.#searchFor(word);
    const parts = this.#parts(search.beginning);
    const shards = parts.map(({ path }) => this.#here.get(path));
    if (!shards.every((shard) => shard !== undefined)) return null;
    const hits = shards.map(({ words }) => fitting(words, search));
    if (shards.reduce((sum, shard, place) => sum + placesOf(shard, hits[place] ?? []), 0) > AT_ONCE) return null;
    const found = new Uint8Array(this.collection.size);
    shards.forEach((shard, place) => mark(found, parts[place]?.rows ?? new Uint32Array(), shard, word, hits[place] ?? []));
    this.#keep(word, found);
    return found;
  }

  /**
   * Fetch what is needed to know which texts have these words.
   * @param {readonly string[]} words folded
   */
  async load(words) {
    const missing = words.filter((word) => isSought(word) && !this.#found.has(word));
    await Promise.all(missing.map((word) => this.#look(word)));
  }

  /** @param {string} word */
  async #look(word) {
    const found = new Uint8Array(this.collection.size);
    const search = this.#searchFor(word);
    await Promise.all(
      this.#parts(search.beginning).map(async (part) => {
        const shard = await this.#shard(part);
        mark(found, part.rows, shard, word, fitting(shard.words, search));
      }),
    );
    this.#keep(word, found);
  }

  /**
   * @param {string} word
   * @param {Uint8Array} found
   */
  #keep(word, found) {
    this.#found.set(word, found);
    for (const oldest of this.#found.keys()) {
      if (this.#found.size <= KEPT) break;
      this.#found.delete(oldest);
    }
  }

  /**
   * Return the words of texts that stand in the alphabet where a word would: of what has been fetched.
   * @param {string} word
   * @returns {string[]}
   */
  around(word) {
    return this.#parts(word).flatMap(({ path }) => this.#here.get(path)?.words ?? []);
  }

  /** @param {string} word */
  #searchFor(word) {
    return searchFor(word, this.collection.inflection.number);
  }

  /**
   * @param {string} beginning of words
   * @returns {Part[]} the shards that may hold them, segment by segment
   */
  #parts(beginning) {
    const { name, segments, starts, versions } = this.collection;
    const numbers = shardsOf(starts, beginning);
    return segments.flatMap((rows, segment) => {
      const version = versions[segment];
      return numbers.map((number) => ({ rows, version, path: `${name}/${segment}-${number}.json?v=${version}` }));
    });
  }

  /**
   * @param {Part} part
   * @returns {Promise<Shard>}
   */
  #shard({ path, version }) {
    let shard = this.#shards.get(path);
    if (!shard) {
      shard = this.fetchJson(path).then((table) => {
        const come = read(/** @type {ShardTable} */ (table), version);
        this.#here.set(path, come);
        return come;
      });
      shard.catch(() => this.#shards.delete(path));
      this.#shards.set(path, shard);
    }
    return shard;
  }
}

/**
 * Return the numbers of the shards that may hold words with this beginning.
 * @param {readonly string[]} starts
 * @param {string} word
 * @returns {number[]}
 */
export function shardsOf(starts, word) {
  const first = starts.filter((start) => start <= word).length;
  const last = starts.filter((start) => start <= word || start.startsWith(word)).length;
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}

/**
 * @param {ShardTable} table
 * @param {string | undefined} version
 * @returns {Shard}
 */
function read(table, version) {
  if (table.version !== version) throw new Error("a shard of another build");
  return { words: table.words.split(" "), places: table.places };
}

/**
 * Mark the rows whose text has the word.
 * @param {Uint8Array} found
 * @param {Uint32Array} rows of the segment
 * @param {Shard} shard
 * @param {string} word
 * @param {readonly number[]} hits the places of what was found of it
 */
function mark(found, rows, shard, word, hits) {
  for (const at of hits) {
    const as = shard.words[at]?.startsWith(word) ? 1 : 2;
    let place = 0;
    for (const step of shard.places[at] ?? []) {
      place += step;
      const row = rows[place];
      if (row !== undefined && found[row] !== 1) found[row] = as;
    }
  }
}

/**
 * Return in how many places of postings some words of a shard are.
 * @param {Shard} shard
 * @param {readonly number[]} hits
 */
function placesOf({ places }, hits) {
  return hits.reduce((sum, at) => sum + (places[at]?.length ?? 0), 0);
}

/**
 * @param {readonly string[]} words sorted
 * @param {Search} search
 * @returns {number[]} the places of those that a search finds
 */
function fitting(words, { beginning, fits }) {
  const found = [];
  for (let at = firstFrom(words, beginning); words[at]?.startsWith(beginning); at += 1) if (fits(words[at] ?? "")) found.push(at);
  return found;
}

/**
 * Return the place of the first of the sorted words that is not before `word`.
 * @param {readonly string[]} words
 * @param {string} word
 * @returns {number}
 */
export function firstFrom(words, word) {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle] ?? "") < word) low = middle + 1;
    else high = middle;
  }
  return low;
}
