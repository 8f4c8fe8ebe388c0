/**
 * The values of one facet as checkboxes with counts.
 * Owns which values are in sight; refuses to know what choosing one does.
 */

import { button, make, say, textIn } from "./dom.js";
import { FIXED, PARAMETERS } from "./query.js";
import { fold } from "./words.js";

/** @import { Facet } from "./columns.js" */
/** @import { Site } from "./site.js" */
/** @typedef {{slug: string, label: string, total: number, number: number}} Value */
/** @typedef {{item: HTMLLIElement, box: HTMLInputElement, count: HTMLElement}} Item */

const FIRST = 10;
const MOST = 100;
const QUIET = 500;
/** The number of a value that is there before the collection, whose values count from 0. */
const EARLY = -1;

export class FacetList {
  /** @type {Value[]} the most frequent first */
  #values = [];
  /** @type {Facet[]} of the collections that were asked, the one at hand first: the others still name their values */
  #facets = [];
  /** @type {(() => void) | null} what is left to do before the values can be shown */
  #sort = null;
  /** @type {Map<string, Item>} */
  #items = new Map();
  /** @type {HTMLInputElement | null} */
  #find = null;
  #all = false;
  /** @type {HTMLElement | null} holds the button that shows all, with their number */
  #more = null;
  /** How many values have the name that is looked for. */
  #found = 0;
  /** @type {string[]} the labels in the order of the values, once somebody looks for one */
  #folded = [];

  /**
   * @param {HTMLElement} details
   * @param {Site} site
   */
  constructor(details, site) {
    this.details = details;
    this.site = site;
    const name = details.dataset["facet"] ?? "";
    this.name = /** @type {Record<string, string>} */ (PARAMETERS)[name] ?? name;
    this.title = textIn(details, "summary");
    this.list = details.querySelector("ul");
    this.none = make("li", { class: "muted" }, site.words.text("script.find-none"));
    this.#fromLinks();
    this.#fromFixed();
  }

  /**
   * Say how a value is called.
   * @param {string} slug
   */
  label(slug) {
    const facet = this.#facets.find(({ slugs }) => slugs.includes(slug));
    return facet ? this.#labelOf(facet, facet.slugs.indexOf(slug)) : (this.#values.find((value) => value.slug === slug)?.label ?? slug);
  }

  /**
   * Say whether a value is one of a collection that was asked.
   * @param {string} slug
   */
  knows(slug) {
    return this.#facets.some(({ slugs }) => slugs.includes(slug));
  }

  /**
   * @param {Facet} facet
   * @param {number} number of a value
   */
  #labelOf(facet, number) {
    return facet.labels[number] ?? this.#word(facet.slugs[number] ?? "");
  }

  /** @param {string} slug of a value that has its name from the site's words */
  #word(slug) {
    return this.site.words.text(`script.${this.name}.${slug}`);
  }

  /**
   * Take over the names of values that the collection at hand does not have.
   * @param {Facet} facet
   */
  learn(facet) {
    this.#facets = [...this.#facets.slice(0, 1), facet];
  }

  /**
   * Take over the values of a collection. Thousands of employers are put in order only for those who look at them.
   * @param {Facet} facet
   * @param {() => Uint32Array} totals by value
   * @param {boolean} isLinked whether the links of the page are to the most frequent of these
   */
  adopt(facet, totals, isLinked) {
    this.#facets = [facet, ...this.#facets.slice(0, 1)];
    this.#sort = () => this.#order(facet, totals(), isLinked);
  }

  /**
   * @param {Facet} facet
   * @param {Uint32Array} totals
   * @param {boolean} isLinked
   */
  #order(facet, totals, isLinked) {
    this.#sort = null;
    const { compare } = this.site.words.collator;
    const values = facet.slugs.map((slug, number) => ({ slug, label: this.#labelOf(facet, number), total: totals[number] ?? 0, number }));
    if (facet.labels.length > 0) values.sort((one, other) => other.total - one.total || compare(one.label, other.label));
    // What was there before stays where it is: the reader may be about to click there.
    const early = this.#values.filter(({ number }) => isLinked && number === EARLY).map(({ slug }) => slug);
    const places = new Map(early.map((slug, place) => [slug, place]));
    const placeOf = (/** @type {Value} */ { slug }) => places.get(slug) ?? places.size;
    this.#values = values.sort((one, other) => placeOf(one) - placeOf(other));
    this.#folded = [];
    this.#more?.remove();
    if (this.#values.length <= FIRST) return;
    this.#offerFind();
    if (this.#values.length <= MOST && !this.#all) this.#offerAll();
  }

  /**
   * Show the counts and the chosen values.
   * @param {Uint32Array} counts by value
   * @param {readonly string[]} chosen
   */
  show(counts, chosen) {
    this.#sort?.();
    const items = this.#inSight(chosen).map((value) => {
      const found = this.#items.get(value.slug) ?? this.#make(value.slug, value.label);
      const count = counts[value.number] ?? 0;
      say(found.count, this.site.words.number(count));
      found.item.toggleAttribute("data-none", count === 0);
      found.box.checked = chosen.includes(value.slug);
      return found.item;
    });
    if (items.length === 0 && this.#find) items.push(this.none);
    const now = this.list?.children ?? [];
    const same = items.length === now.length && items.every((item, place) => now[place] === item);
    if (!same) this.#put(items);
  }

  /**
   * Put items in the list. One that has the focus keeps it, or leaves it to what stands in its place.
   * @param {readonly HTMLLIElement[]} items
   */
  #put(items) {
    const { list } = this;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const place = [...(list?.children ?? [])].findIndex((item) => item.contains(focused));
    list?.replaceChildren(...items);
    if (place < 0) return;
    const next = items[Math.min(place, items.length - 1)]?.querySelector("input");
    (focused?.isConnected ? focused : (next ?? this.#find))?.focus();
  }

  /**
   * Show which values are chosen, on the facet and, while counts are not known, on its values.
   * @param {readonly string[]} chosen
   * @param {boolean} isActive whether the facet leaves anything out
   */
  check(chosen, isActive) {
    this.details.toggleAttribute("data-active", isActive);
    for (const [slug, { box }] of this.#items) box.checked = chosen.includes(slug);
  }

  /**
   * @param {readonly string[]} chosen
   * @returns {Value[]}
   */
  #inSight(chosen) {
    const wanted = fold(this.#find?.value.trim() ?? "");
    const found = wanted ? this.#containing(wanted) : this.#values;
    this.#found = found.length;
    const first = found.slice(0, this.#all || wanted ? MOST : FIRST);
    if (chosen.length === 0) return first;
    const others = this.#values.filter((value) => chosen.includes(value.slug) && !first.includes(value));
    return [...first, ...others];
  }

  /** @param {string} wanted folded */
  #containing(wanted) {
    if (this.#folded.length === 0) this.#folded = this.#values.map(({ label }) => fold(label));
    return this.#values.filter((_, place) => this.#folded[place]?.includes(wanted));
  }

  /**
   * @param {string} slug
   * @param {string} label
   * @returns {Item}
   */
  #make(slug, label) {
    const [id, countId] = [`filter-${this.name}-${slug}`, `count-${this.name}-${slug}`];
    const box = make("input", { type: "checkbox", id, name: this.name, value: slug, "aria-describedby": countId });
    const count = make("span", { class: "count", id: countId });
    const item = make("li", { class: "filter-value" }, box, make("label", { for: id }, label), count);
    this.#items.set(slug, { item, box, count });
    return { item, box, count };
  }

  /** Make checkboxes of the links that lead to facet pages where there are no scripts. */
  #fromLinks() {
    const links = this.list?.querySelectorAll("a") ?? [];
    if (links.length === 0) return;
    for (const link of links) {
      const slug = link.pathname.split("/").at(-2) ?? "";
      const label = link.textContent?.trim() ?? slug;
      const item = link.closest("li");
      const made = this.#make(slug, label);
      made.count.textContent = textIn(item, ".count");
      this.#values.push({ slug, label, total: 0, number: EARLY });
      item?.replaceWith(made.item);
    }
    const fieldset = make("fieldset", {}, make("legend", { class: "visually-hidden" }, this.title));
    this.list?.replaceWith(fieldset);
    if (this.list) fieldset.append(this.list);
    // The field moves what is below it: it is there before anybody can aim at a value.
    if (this.details.hasAttribute("data-more")) this.#offerFind();
  }

  #fromFixed() {
    for (const slug of /** @type {Record<string, readonly string[]>} */ (FIXED)[this.name] ?? []) {
      const label = this.#word(slug);
      this.#values.push({ slug, label, total: 0, number: EARLY });
      this.list?.append(this.#make(slug, label).item);
    }
  }

  /** A long list gets a field that narrows it. */
  #offerFind() {
    if (this.#find) return;
    const { words } = this.site;
    const find = make("input", { type: "search", id: `find-${this.name}`, autocomplete: "off" });
    this.#find = find;
    const label = make("label", { for: find.id }, words.text("script.find"));
    const status = make("span", { class: "visually-hidden", role: "status" });
    this.list?.before(make("p", { class: "filter-find" }, label, find, status));
    find.addEventListener("input", () => {
      this.#changed();
      this.#tell(status, find.value.trim() !== "");
    });
  }

  /**
   * Say how many values are left, once the reader pauses.
   * @param {HTMLElement} status
   * @param {boolean} isLooking
   */
  #tell(status, isLooking) {
    const { words } = this.site;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const found = this.#found > 0 ? words.plural("script.found", this.#found) : words.text("script.find-none");
      say(status, isLooking ? found : "");
    }, QUIET);
  }

  /** One that is not too long gets a button that shows all of it. */
  #offerAll() {
    const { words } = this.site;
    const more = button(words.text("script.show-all", { count: words.number(this.#values.length) }), () => {
      this.#all = true;
      this.#changed();
      /** @type {HTMLElement | undefined} */ (this.list?.querySelectorAll("input")[FIRST])?.focus();
      this.#more?.remove();
    });
    this.#more = make("p", { class: "filter-all" }, more);
    this.list?.after(this.#more);
  }

  #changed() {
    this.details.dispatchEvent(new Event("toggle"));
  }
}
