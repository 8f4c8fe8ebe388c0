/**
 * The collections and shards of the site, fetched once.
 * Owns the addresses below `search/`; refuses to know what is looked for in them.
 */

import { decode } from "./columns.js";
import { prepare } from "./ranking.js";
import { Shards } from "./shards.js";

/** @import { Collection } from "./columns.js" */
/** @typedef {{collection: Collection, shards: Shards}} Volume */

export class Library {
  /** @type {Map<string, Promise<Volume>>} */
  #volumes = new Map();

  /** @param {string} root of the site */
  constructor(root) {
    this.root = root;
  }

  /**
   * Fetch a collection, or return the one fetched before.
   * @param {string} name
   * @returns {Promise<Volume>}
   */
  open(name) {
    let volume = this.#volumes.get(name);
    if (!volume) {
      // Always asked for anew, and mostly answered with "not changed": shards must match these columns.
      volume = this.#fetch(`${name}.json`, "no-cache").then((table) => {
        const collection = decode(name, table);
        prepare(collection);
        return { collection, shards: new Shards(collection, (path) => this.#fetch(path, "default")) };
      });
      volume.catch(() => this.#volumes.delete(name));
      this.#volumes.set(name, volume);
    }
    return volume;
  }

  /** Forget a collection that is older than its shards. @param {string} name */
  forget(name) {
    this.#volumes.delete(name);
  }

  /**
   * @param {string} path
   * @param {RequestCache} cache
   * @returns {Promise<unknown>}
   */
  async #fetch(path, cache) {
    const answer = await fetch(`${this.root}search/${path}`, { cache });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  }
}
