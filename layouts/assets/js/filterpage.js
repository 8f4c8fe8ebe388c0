/**
 * The filter page: what the reader does becomes a query, the query becomes the address, the list and the counts.
 * Owns this one circle; refuses to know how rows are found, scored or drawn.
 */

import { filtersOf, showChips } from "./chips.js";
import { make, painted } from "./dom.js";
import { FacetList } from "./facetlist.js";
import { facetsOf, find } from "./filter.js";
import { buildForm, offerBest } from "./formview.js";
import { Library } from "./library.js";
import { FACETS, choose, emptyQuery, formatQuery, parseAmount, parseQuery, prune, sortOf } from "./query.js";
import { isShown, score } from "./ranking.js";
import { Results } from "./results.js";
import { Outdated } from "./shards.js";
import { Subscribe } from "./subscribe.js";
import { wordsOf } from "./words.js";

/** @import { Marks } from "./marks.js" */
/** @import { Query, State } from "./query.js" */
/** @import { Site } from "./site.js" */
/** @import { Volume } from "./library.js" */

const MINUTE = 60_000;
const PAUSE = 500;

export class FilterPage {
  /** @type {Volume | null} */
  #volume = null;
  #dropped = false;
  #typing = false;

  /**
   * @param {HTMLElement} root holds the controls
   * @param {HTMLElement} slot the room for those that only scripts serve
   * @param {HTMLElement} list
   * @param {Site} site
   * @param {Marks} marks
   */
  constructor(root, slot, list, site, marks) {
    this.root = root;
    this.site = site;
    /** @type {State} */
    this.home = list.dataset["list"] === "closed" ? "closed" : "open";
    this.base = site.root + (this.home === "closed" ? "archive/" : "");
    this.ownPath = location.pathname;
    this.query = parseQuery(location.search, this.home);
    this.library = new Library(site.root);
    this.results = new Results(list, site, marks, (query) => this.#ask(query, true), (query) => this.#address(query));
    this.subscribe = new Subscribe(document, this.home, site);
    this.form = buildForm(root, slot, site, this.base);
    this.chips = make("div", { class: "filter-chips", hidden: true });
    root.append(this.chips);
    const facets = [...root.querySelectorAll("[data-facet]")].filter((details) => details instanceof HTMLElement);
    const lists = facets.filter((details) => details.querySelector("ul")).map((details) => new FacetList(details, site));
    this.lists = lists.filter(({ name }) => /** @type {readonly string[]} */ (FACETS).includes(name));
  }

  /** Take over the form; a filter in the address is applied at once. */
  start() {
    this.#listen();
    this.#showForm();
    if (this.#isUntouched()) this.results.settle();
    else this.#render();
  }

  #listen() {
    const { root } = this;
    const early = () => void this.library.open(this.query.state).catch(() => {});
    for (const name of ["pointerdown", "focusin"]) root.addEventListener(name, early, { once: true });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.results.focus();
    });
    root.addEventListener("input", (event) => this.#typed(event.target));
    root.addEventListener("change", (event) => this.#picked(event.target));
    root.addEventListener("toggle", () => this.#showCounts(), { capture: true });
    addEventListener("popstate", () => {
      this.query = parseQuery(location.search, this.home);
      this.#typing = false;
      this.#showForm();
      this.#render();
    });
    addEventListener("keydown", (event) => this.#slash(event));
    setInterval(() => document.visibilityState === "visible" && this.#volume && this.#render(), MINUTE);
  }

  /** @param {EventTarget | null} field */
  #typed(field) {
    if (!(field instanceof HTMLInputElement)) return;
    if (field.name === "q") this.#ask({ ...this.query, text: field.value, page: 1 }, false, true);
    if (field.name === "min_pay") this.#ask({ ...this.query, minPay: parseAmount(field.value), page: 1 }, false, true);
  }

  /** @param {EventTarget | null} field */
  #picked(field) {
    if (field instanceof HTMLSelectElement && field.name === "sort") {
      this.#ask({ ...this.query, sort: /** @type {any} */ (field.value), page: 1 }, false);
    } else if (field instanceof HTMLSelectElement && field.name === "per") {
      this.#ask({ ...this.query, per: field.value, page: 1 }, false);
    } else if (field instanceof HTMLInputElement && field.type === "radio") {
      this.#ask({ ...this.query, state: field.value === "closed" ? "closed" : "open", page: 1 }, false);
    } else if (field instanceof HTMLInputElement && field.type === "checkbox") {
      this.#ask(choose(this.query, field.name, field.value, field.checked), false);
    } else {
      this.#typing = false;
    }
  }

  /**
   * A slash leads to the search field, unless the reader is writing.
   * @param {KeyboardEvent} event
   */
  #slash(event) {
    const target = /** @type {Element | null} */ (event.target);
    const writing = target?.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writing) return;
    event.preventDefault();
    this.#field("q")?.focus();
  }

  /**
   * Make a query the one in force. Each choice is a step in the history; what is typed in one go is one step.
   * @param {Query} query
   * @param {boolean} focus whether the results take the focus
   * @param {boolean} [typing]
   */
  #ask(query, focus, typing = false) {
    const address = this.#address(query);
    this.query = query;
    this.#dropped = false;
    if (address !== location.pathname + location.search) {
      if (typing && this.#typing) this.#replaceSoon(address);
      else history.pushState(null, "", address);
    }
    this.#typing = typing;
    this.#showForm();
    this.#render();
    if (focus) this.results.focus();
  }

  /**
   * Browsers refuse many changes of the address in a short time.
   * @param {string} address
   */
  #replaceSoon(address) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (address === this.#address(this.query)) history.replaceState(null, "", address);
    }, PAUSE);
  }

  /** Make the form say what the query says. */
  #showForm() {
    const { query } = this;
    const sort = this.#field("sort");
    if (sort instanceof HTMLSelectElement) offerBest(sort, query.text.trim() !== "", this.site.words);
    const values = { q: query.text, sort: sortOf(query), min_pay: query.minPay === null ? "" : String(query.minPay), per: query.per };
    for (const [name, value] of Object.entries(values)) {
      const field = this.#field(name);
      if (field && field !== document.activeElement && field.value !== value) field.value = value;
    }
    for (const radio of this.root.querySelectorAll('input[name="state"]')) {
      if (radio instanceof HTMLInputElement) radio.checked = radio.value === query.state;
    }
    for (const list of this.lists) list.check(query.chosen[list.name] ?? []);
  }

  /**
   * @param {string} name
   * @returns {HTMLInputElement | HTMLSelectElement | null}
   */
  #field(name) {
    return this.root.querySelector(`[name="${name}"]:is(input, select)`);
  }

  /** @param {Query} query */
  #address(query) {
    return this.base + formatQuery(query, this.home);
  }

  /** Whether the address is that of the page as the build made it. */
  #isUntouched() {
    return formatQuery(this.query, this.home) === "" && location.pathname === this.ownPath;
  }

  /** Show what the query asks for; what has to be fetched first, or comes later, renders again. */
  async #render() {
    const { query } = this;
    if (this.#volume?.collection.name !== query.state) {
      this.results.wait();
      try {
        await this.#load(query.state);
        // The first list of a page opened with a search is whole when it appears.
        await this.#volume?.shards.load(wordsOf(this.query.text)).catch(() => {});
      } catch {
        this.results.fail();
        return;
      }
      if (this.query.state !== query.state) return;
    }
    this.#show();
    const shown = this.query;
    const words = wordsOf(shown.text);
    if (words.length === 0) return;
    // Asking for texts takes time in which what is known already could be painted.
    await painted();
    if (this.query === shown) await this.#searchTexts(words);
  }

  /** @param {State} state */
  async #load(state) {
    const volume = await this.library.open(state);
    const now = secondsNow();
    const facets = facetsOf(volume.collection, now);
    const { counts } = find(volume.collection, facets, emptyQuery(state), null, now);
    for (const list of this.lists) {
      const facet = facets[list.name];
      if (facet) list.adopt(facet, counts[list.name] ?? new Uint32Array());
    }
    const pruned = prune(this.query, (facet, value) => facets[facet]?.slugs.includes(value) ?? false);
    this.query = pruned.query;
    this.#dropped = pruned.dropped;
    this.#volume = volume;
  }

  #show() {
    if (!this.#volume) return;
    const { query } = this;
    const { collection, shards } = this.#volume;
    const now = secondsNow();
    const words = wordsOf(query.text);
    const scores = words.length > 0 ? score(collection, words, (word) => shards.known(word)) : null;
    const hidden = (/** @type {number} */ row) => words.filter((word) => !isShown(collection, word, row));
    this.found = find(collection, facetsOf(collection, now), query, scores, now, this.#openLists().map(({ name }) => name));
    const labelOf = (/** @type {string} */ facet, /** @type {string} */ value) => this.#label(facet, value);
    const filters = filtersOf(query, this.site, labelOf);
    showChips(this.chips, filters, query, this.site, (asked, focus) => this.#ask(asked, focus));
    this.subscribe.show(query, labelOf);
    const names = filters.map(({ label }) => label);
    if (this.#isUntouched()) this.results.showOwn();
    else this.results.show(collection, this.found.rows, query, { now, hidden, filters: names, dropped: this.#dropped });
    this.#showCounts();
  }

  /** @param {readonly string[]} words */
  async #searchTexts(words) {
    const volume = this.#volume;
    if (!volume) return;
    try {
      if (await volume.shards.load(words)) this.#show();
    } catch (fault) {
      if (!(fault instanceof Outdated)) return;
      this.library.forget(volume.collection.name);
      await this.#load(this.query.state).catch(() => {});
      this.#show();
    }
  }

  /** Counts are put on the facets that are open: the others get theirs when they are opened. */
  #showCounts() {
    if (!this.found) {
      if (this.root.querySelector("details[open]")) this.#render();
      return;
    }
    const open = this.#openLists();
    if (open.some(({ name }) => !this.found?.counts[name])) {
      this.#show();
      return;
    }
    for (const list of open) list.show(this.found.counts[list.name] ?? new Uint32Array(), this.query.chosen[list.name] ?? []);
  }

  #openLists() {
    return this.lists.filter(({ details }) => details.hasAttribute("open"));
  }

  /**
   * @param {string} facet
   * @param {string} value
   */
  #label(facet, value) {
    return this.lists.find((list) => list.name === facet)?.label(value) ?? value;
  }
}

/** @returns {number} POSIX seconds */
function secondsNow() {
  return Math.floor(Date.now() / 1000);
}
