/**
 * How many postings of a query are open and how many closed, beside the buttons that choose between them.
 * Owns when these counts are worth making; refuses to know how a result is found.
 */

import { STATES } from "./query.js";

/** @import { Query } from "./query.js" */
/** @import { Site } from "./site.js" */

export class StateCounts {
  #turn = 0;

  /**
   * @param {HTMLElement} root
   * @param {Site} site
   * @param {(query: Query) => Promise<number>} countOf how many postings a query gives
   */
  constructor(root, site, countOf) {
    this.site = site;
    this.countOf = countOf;
    this.details = /** @type {HTMLElement | null} */ (root.querySelector('[data-facet="state"]'));
    this.places = STATES.map((state) => /** @type {HTMLElement | null} */ (root.querySelector(`#filter-state-${state} ~ .count`)));
  }

  /**
   * Show how many open and how many closed postings a query gives, as far as this is in sight.
   * @param {Query} query
   */
  async show(query) {
    if (!this.details?.hasAttribute("open")) return;
    this.#turn += 1;
    await Promise.all(STATES.map((state, number) => this.#count({ ...query, state, page: 1 }, this.places[number], this.#turn)));
  }

  /**
   * @param {Query} query
   * @param {HTMLElement | null | undefined} place
   * @param {number} turn
   */
  async #count(query, place, turn) {
    // What cannot be fetched cannot be counted; no count is better than an old one.
    const text = await this.countOf(query).then((count) => this.site.words.number(count), () => "");
    if (place && turn === this.#turn) place.textContent = text;
  }
}
