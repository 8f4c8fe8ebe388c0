/**
 * The collections and shards of the site, fetched once, and with the first of them the scripts that search them.
 * Owns the addresses below `search/`; refuses to know what is looked for in them.
 */

/** @import { Site } from "./site.js" */
/** @import { Volume } from "./volume.js" */

export class Library {
  /** @type {Map<string, Promise<Volume>>} */
  #volumes = new Map();

  /** @param {Site} site */
  constructor({ root, words }) {
    this.root = root;
    this.language = words.locale.language;
  }

  /**
   * Fetch a collection, or return the one fetched before.
   * @param {string} name
   * @returns {Promise<Volume>}
   */
  open(name) {
    let volume = this.#volumes.get(name);
    if (!volume) {
      volume = this.#open(name);
      volume.catch(() => this.#volumes.delete(name));
      this.#volumes.set(name, volume);
    }
    return volume;
  }

  /**
   * @param {string} name
   * @returns {Promise<Volume>}
   */
  async #open(name) {
    // Always asked for anew, and mostly answered with "not changed": shards must match these columns.
    const table = this.#fetch(`${name}.json`, "no-cache");
    const [made, { Volume }] = await Promise.all([table, import("./volume.js")]);
    return new Volume(name, made, (path) => this.#fetch(path, "default"), this.language);
  }

  /**
   * Look words up in the texts of a collection. Where the site was published anew meanwhile, the shards of the former
   * columns are gone, or are of another build: columns and shards are fetched again, once.
   * @param {string} name
   * @param {string} text
   * @returns {Promise<Volume>} the one that knows the words
   */
  async lookUp(name, text) {
    const known = this.open(name);
    const volume = await known;
    const isDone = await volume.lookUp(text).then(() => true, () => false);
    if (isDone) return volume;
    const fresh = await this.#renewed(name, known);
    await fresh.lookUp(text);
    return fresh;
  }

  /**
   * Fetch a collection again; as long as that fails, the former one serves.
   * @param {string} name
   * @param {Promise<Volume>} known
   * @returns {Promise<Volume>}
   */
  async #renewed(name, known) {
    if (this.#volumes.get(name) !== known) return this.open(name);
    const fresh = this.#open(name);
    await fresh;
    this.#volumes.set(name, fresh);
    return fresh;
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
