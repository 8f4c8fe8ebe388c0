/**
 * What is being filtered by, in words, each with a button that takes it away.
 * Owns the naming of filters; refuses to know what a filter does.
 */

import { button, make } from "./dom.js";
import { FACETS, choose, emptyQuery, textOf } from "./query.js";

/** @import { Query, State } from "./query.js" */
/** @import { Site, Words } from "./site.js" */
/** @typedef {{label: string, without: Query}} Filter */
/** @typedef {(facet: string, value: string) => string} LabelOf */

/**
 * Name values so that those of a query differ: with the facet where two facets have the same name for one.
 * @param {Query} query
 * @param {Words} words
 * @param {LabelOf} labelOf
 * @returns {LabelOf}
 */
export function distinctly({ chosen }, words, labelOf) {
  const used = Object.entries(chosen).flatMap(([facet, values]) => values.map((value) => ({ facet, label: labelOf(facet, value) })));
  return (facet, value) => {
    const label = labelOf(facet, value);
    const isShared = used.some((other) => other.label === label && other.facet !== facet);
    return isShared ? words.labelled(words.text(`script.facet.${facet}`), label) : label;
  };
}

/**
 * Name the filters in force.
 * @param {Query} query
 * @param {State} home the state that the page shows by itself
 * @param {Site} site
 * @param {LabelOf} labelOf
 * @returns {Filter[]}
 */
export function filtersOf(query, home, site, labelOf) {
  const text = textOf(query);
  const { words } = site;
  const nameOf = distinctly(query, words, labelOf);
  /** @type {Filter[]} */
  const filters = [];
  if (text) filters.push({ label: words.text("script.chip.text", { text }), without: { ...query, text: "", page: 1 } });
  for (const facet of FACETS) {
    for (const value of query.chosen[facet] ?? []) {
      filters.push({ label: nameOf(facet, value), without: choose(query, facet, value, false) });
    }
  }
  if (query.minPay !== null) {
    const amount = words.money(query.minPay, site.currency);
    filters.push({ label: words.text(`script.chip.pay.${query.per}`, { amount }), without: { ...query, minPay: null, page: 1 } });
  }
  if (query.state !== home) filters.push({ label: words.text(`script.state.${query.state}`), without: { ...query, state: home, page: 1 } });
  return filters;
}

/** The filters as buttons, in their place on the page. */
export class Chips {
  /** @type {Filter[]} */
  #filters = [];
  /** @type {HTMLButtonElement[]} */
  #buttons = [];

  /**
   * @param {State} home
   * @param {Site} site
   * @param {(query: Query, focus: boolean) => void} ask
   */
  constructor(home, site, ask) {
    this.home = home;
    this.site = site;
    this.ask = ask;
    this.list = make("ul", {});
    const clear = button(site.words.text("script.chip.clear"), () => this.#clear(), { class: "filter-clear" });
    this.place = make("div", { class: "filter-chips", hidden: true }, this.list, clear);
  }

  /**
   * Show the filters of a query; those of the same number as before change their words alone.
   * @param {Filter[]} filters
   * @param {Query} query
   */
  show(filters, query) {
    this.query = query;
    this.#filters = filters;
    if (filters.length !== this.#buttons.length) this.#build();
    filters.forEach(({ label }, place) => this.#name(this.#buttons[place], label));
  }

  #build() {
    const had = this.#buttons.indexOf(/** @type {any} */ (document.activeElement));
    this.#buttons = this.#filters.map((_, place) => button("", () => this.#remove(place), { class: "filter-chip" }));
    this.list.replaceChildren(...this.#buttons.map((chip) => make("li", {}, chip)));
    this.place.hidden = this.#buttons.length === 0;
    // The button that was pressed is gone: the next one takes its place.
    if (had >= 0) this.#buttons[Math.min(had, this.#buttons.length - 1)]?.focus();
  }

  /**
   * @param {HTMLButtonElement | undefined} chip
   * @param {string} label
   */
  #name(chip, label) {
    if (!chip || chip.textContent === label) return;
    chip.textContent = label;
    chip.setAttribute("aria-label", this.site.words.text("script.chip.remove", { name: label }));
  }

  /** @param {number} place */
  #remove(place) {
    const filter = this.#filters[place];
    if (filter) this.ask(filter.without, this.#filters.length === 1);
  }

  #clear() {
    if (this.query) this.ask({ ...emptyQuery(this.home), sort: this.query.sort }, true);
  }
}
