/**
 * The filter page: what the reader does becomes a query, the query becomes the address, the list and the counts.
 * Owns this one circle; refuses to know how rows are found, scored or drawn.
 */

import { Address } from "./address.js";
import { Chips, filtersOf } from "./chips.js";
import { StateCounts } from "./counting.js";
import { everyMinute, painted } from "./dom.js";
import { FacetList } from "./facetlist.js";
import { Fold } from "./fold.js";
import { Fields, buildForm } from "./formview.js";
import { Library } from "./library.js";
import { FACETS, choose, narrowsBy, parseAmount, prune } from "./query.js";
import { Results } from "./results.js";
import { ShowButton } from "./showbutton.js";

/** @import { BuiltList } from "./guards.js" */
/** @import { Marks } from "./marks.js" */
/** @import { Query, State } from "./query.js" */
/** @import { Offer } from "./results.js" */
/** @import { Site } from "./site.js" */
/** @import { Subscribe } from "./subscribe.js" */
/** @import { Result, Volume } from "./volume.js" */

export class FilterPage {
  /** @type {Volume | null} */
  #volume = null;
  /** @type {Result | null} */
  #result = null;
  #turn = 0;
  #unsearched = false;
  /** @type {{of: Query, offers: readonly Offer[], isWhole: boolean} | null} what a query is answered with besides what it finds */
  #answers = null;
  /** @type {Subscribe | null} */
  #subscribe = null;

  /**
   * @param {HTMLElement} root holds the controls
   * @param {HTMLElement} slot the room for those that only scripts serve
   * @param {BuiltList} built the list of the page
   * @param {Site} site
   * @param {Marks} marks
   */
  constructor(root, slot, built, site, marks) {
    this.root = root;
    this.site = site;
    /** @type {State} */
    this.home = built.list.dataset["list"] === "closed" ? "closed" : "open";
    this.address = new Address(this.home, site.root + (this.home === "closed" ? "archive/" : ""), site.renamed);
    this.query = this.address.read();
    this.library = new Library(site);
    this.results = new Results(built, site, marks, (query) => this.#ask(query, true), (query) => this.address.of(query));
    this.unfiltered = slot.dataset["failed"] ?? "";
    this.form = buildForm(root, slot, site, this.address.base);
    this.fold = new Fold(root, site.words);
    this.fields = new Fields(root, site);
    this.chips = new Chips(this.home, site, (query, focus) => this.#ask(query, focus));
    root.append(this.chips.place);
    const facets = [...root.querySelectorAll("[data-facet]")].filter((details) => details instanceof HTMLElement);
    const lists = facets.filter((details) => details.querySelector("ul")).map((details) => new FacetList(details, site));
    this.lists = lists.filter(({ name }) => FACETS.includes(name));
    this.showButton = new ShowButton(root, site.words, () => {
      this.fold.set(false);
      this.results.focus();
    });
    this.states = new StateCounts(root, site, (query) => this.#countOf(query));
  }

  /** Take over the form; a filter in the address is applied at once. */
  start() {
    this.#listen();
    this.#showForm();
    if (this.address.isOwn(this.query)) this.results.leave(this.#note());
    else this.#render();
  }

  #listen() {
    const { root } = this;
    const early = () => void this.library.open(this.query.state).catch(() => {});
    for (const name of ["pointerover", "pointerdown", "focusin"]) root.addEventListener(name, early, { once: true, passive: true });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.results.focus();
    });
    root.addEventListener("input", (event) => this.#typed(event.target));
    root.addEventListener("change", (event) => this.#picked(event.target));
    root.addEventListener("toggle", () => this.#showCounts(), { capture: true });
    addEventListener("popstate", () => {
      this.query = this.address.read();
      this.address.pause();
      this.#showForm(true);
      this.#render();
      this.results.reserve();
    });
    // What could not be fetched is asked for again, too.
    const again = () => {
      if (document.visibilityState !== "visible") return;
      if (this.#volume || !this.address.isOwn(this.query)) this.#render();
      else this.#showCounts();
    };
    everyMinute(again);
    addEventListener("online", again);
  }

  /** @param {EventTarget | null} field */
  #typed(field) {
    if (!(field instanceof HTMLInputElement)) return;
    if (field.name === "q") this.#ask({ ...this.query, text: field.value, page: 1 }, false, true);
    if (field.name === "min_pay") this.#ask({ ...this.query, minPay: parseAmount(field.value), page: 1 }, false, true);
  }

  /** @param {EventTarget | null} field */
  #picked(field) {
    // The order, the period of pay, and open or closed have the names that a query has for them.
    if (field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && field.type === "radio")) {
      this.#ask({ ...this.query, [field.name]: field.value, page: 1 }, false);
    } else if (field instanceof HTMLInputElement && field.type === "checkbox") {
      this.#ask(choose(this.query, field.name, field.value, field.checked), false);
    } else {
      this.address.pause();
    }
  }

  /**
   * Make a query the one in force.
   * @param {Query} query
   * @param {boolean} focus whether the results take the focus
   * @param {boolean} [typing]
   */
  #ask(query, focus, typing = false) {
    this.query = query;
    this.address.put(query, typing, focus);
    this.#showForm(focus);
    this.#render();
    if (focus) this.results.focus();
  }

  /**
   * Make the form say what the query says.
   * @param {boolean} [isWhole] with what the reader is writing
   */
  #showForm(isWhole = false) {
    this.fields.show(this.query, isWhole);
    for (const list of this.lists) list.check(this.query.chosen[list.name] ?? [], narrowsBy(this.query, list.name));
    this.fold.say(this.#filters({ ...this.query, text: "" }).length);
    this.root.querySelector('[data-facet="state"]')?.toggleAttribute("data-active", this.query.state !== this.home);
  }

  /** Show what the query asks for; what has to be fetched first, or comes later, renders again. */
  async #render() {
    const { query } = this;
    if (this.#volume?.collection.name !== query.state) {
      // The page's own list is right as it stands for a reader who has but opened a panel.
      if (this.#volume || !this.address.isOwn(query)) this.results.wait();
      const isLoaded = await this.#load(query.state).then(() => true, () => false);
      if (this.query.state !== query.state) return;
      if (!isLoaded) {
        // The page's own list needs nothing more.
        if (this.results.isOwn && this.address.isOwn(query)) this.results.leave(this.#note());
        else this.results.fail(this.results.isOwn ? this.unfiltered : this.site.words.text("script.failed"));
        return;
      }
      // The first list of a page opened with a search is whole when it appears.
      await this.#lookUp().catch(() => {});
    }
    this.#unsearched = false;
    this.#show();
  }

  /** @param {State} state */
  async #load(state) {
    const volume = await this.library.open(state);
    // The reader may have turned to the other state meanwhile.
    if (this.query.state !== state) return;
    const facets = volume.facets(secondsNow());
    for (const list of this.lists) {
      const facet = facets[list.name];
      if (facet) list.adopt(facet, () => volume.totals(list.name, secondsNow()), state === this.home);
    }
    this.#volume = volume;
    await this.#learn(state);
  }

  /**
   * A value that no posting of a collection has may be one of the other's, which knows what it is called.
   * @param {State} state
   */
  async #learn(state) {
    const { chosen } = this.query;
    const isKnown = this.lists.every((list) => (chosen[list.name] ?? []).every((value) => list.knows(value)));
    if (isKnown) return;
    const other = await this.library.open(state === "open" ? "closed" : "open").catch(() => null);
    const facets = other?.facets(secondsNow()) ?? {};
    for (const list of this.lists) {
      const facet = facets[list.name];
      if (facet) list.learn(facet);
    }
  }

  /** Show the rows and what is filtered by at once, and everything else when these have been painted. */
  #show() {
    const volume = this.#volume;
    const { query } = this;
    if (!volume || volume.collection.name !== query.state) return;
    const now = secondsNow();
    const turn = (this.#turn += 1);
    const result = (this.#result = volume.result(query, now));
    const isOpen = result.isPartial && !this.#unsearched;
    const filters = this.#filters(query);
    const leaves = filters.length === 0 && this.chips.place.contains(document.activeElement);
    this.chips.show(filters, query);
    if (leaves) this.results.focus();
    const isOwn = this.address.isOwn(query);
    if (isOwn && this.results.isOwn) this.results.leave(this.#note());
    // To say that there is nothing would be wrong as long as texts have not been looked through.
    else if (isOpen && result.found.rows.length === 0) this.results.wait();
    else {
      const hidden = (/** @type {number} */ row) => volume.hidden(result.terms, row);
      const shown = { ...query, page: this.address.pageOf(query) };
      // The count says whether they are open or closed.
      const told = filters.filter(({ without }) => without.state === query.state).map(({ label }) => label);
      const offers = this.#answers?.of === query ? this.#answers.offers : [];
      const note = this.#note(result, filters.length, offers.length > 0);
      this.results.show(volume.collection, result.found.rows, shown, { now, hidden, isOwn, filters: told, note, offers });
    }
    this.showButton.say(isOwn ? "" : this.results.count);
    void this.#complete(turn, isOpen);
  }

  /**
   * @param {number} turn
   * @param {boolean} isOpen whether texts have still to be looked through
   */
  async #complete(turn, isOpen) {
    const isWanted = () => turn === this.#turn;
    await painted();
    if (!isWanted()) return;
    this.#showCounts();
    void this.#offerFeeds().catch(() => {});
    if (isOpen) void this.#searchTexts(isWanted);
    else void this.#answer(isWanted).catch(() => {});
    await this.results.complete(isWanted);
    if (isWanted()) this.#volume?.prepare();
  }

  /** The script for this is fetched with the first result: a list without a filter offers its own feeds. */
  async #offerFeeds() {
    const { Subscribe } = await import("./subscribe.js");
    this.#subscribe ??= new Subscribe(this.home, this.site);
    const isKnown = (/** @type {string} */ facet, /** @type {string} */ value) => this.#list(facet)?.knows(value) ?? false;
    // A list of what no posting ever had has no feeds.
    this.#subscribe.show(prune(this.query, isKnown), (facet, value) => this.#label(facet, value));
  }

  /**
   * @param {Result | null} [result] null where it is what the page came with
   * @param {number} [filters] how many there are
   * @param {boolean} [isAnswered] whether something is offered instead
   */
  #note(result = null, filters = 0, isAnswered = false) {
    const words = filters === 1 ? (result?.terms.length ?? 0) : 0;
    const unfound = words === 1 ? "script.none-word" : words > 1 ? "script.none-words" : "script.none";
    const missing = isAnswered ? "script.none-here" : unfound;
    const none = filters === 0 ? "term.empty" : missing;
    const isEmpty = result?.found.rows.length === 0;
    // What texts could not be looked through for may well be in them.
    const isUnknown = isEmpty && this.#unsearched;
    const notes = {
      "script.dropped": this.address.leavesOut,
      "script.unsearched": this.#unsearched && !isEmpty,
      "script.unsearched-none": isUnknown,
      [none]: isEmpty && !isUnknown,
    };
    return Object.entries(notes)
      .filter(([, holds]) => holds)
      .map(([key]) => this.site.words.text(key))
      .join(" ");
  }

  /**
   * @param {() => boolean} isWanted
   */
  async #searchTexts(isWanted) {
    try {
      await this.#lookUp();
    } catch {
      if (isWanted()) this.#unsearched = true;
    }
    if (isWanted()) this.#show();
  }

  /**
   * Find what to offer where nothing fits, and show it.
   * @param {() => boolean} isWanted
   */
  async #answer(isWanted) {
    const [{ query, site }, volume, result] = [this, this.#volume, this.#result];
    const before = this.#answers?.of === query ? this.#answers : null;
    if (!volume || result?.found.rows.length !== 0 || before?.isWhole) return;
    const { answersTo } = await import("./answers.js");
    const { answers, isWhole } = await answersTo({ ...query, page: 1 }, volume, secondsNow(), site.words, (other) => this.#countOf(other));
    if (!isWanted()) return;
    const offers = answers.map(({ label, query: other }) => ({ label, address: this.address.of(other), act: () => this.#ask(other, true) }));
    this.#answers = { of: query, offers, isWhole };
    if (offers.length > (before?.offers.length ?? 0)) this.#show();
  }

  /** Look words up in texts, and go on with what the library has then. */
  async #lookUp() {
    const { state, text } = this.query;
    const volume = await this.library.lookUp(state, text);
    if (volume !== this.#volume) await this.#load(state);
  }

  #showCounts() {
    const [volume, result] = [this.#volume, this.#result];
    if (!volume || !result) {
      if (this.root.querySelector("details[open]")) this.#render();
      return;
    }
    for (const list of this.lists) {
      // A facet that is closed gets its counts when it is opened.
      if (list.details.hasAttribute("open")) list.show(volume.counts(result, list.name), this.query.chosen[list.name] ?? []);
    }
    void this.states.show(this.query);
  }

  /** @param {Query} query */
  async #countOf(query) {
    const volume = await this.library.lookUp(query.state, query.text);
    return volume.result(query, secondsNow()).found.rows.length;
  }

  /** @param {Query} query */
  #filters(query) {
    return filtersOf(query, this.home, this.site, (facet, value) => this.#label(facet, value));
  }

  /**
   * @param {string} facet
   * @param {string} value
   */
  #label(facet, value) {
    return this.#list(facet)?.label(value) ?? value;
  }

  /** @param {string} facet */
  #list(facet) {
    return this.lists.find(({ name }) => name === facet);
  }
}

/** @returns {number} POSIX seconds */
function secondsNow() {
  return Math.floor(Date.now() / 1000);
}
