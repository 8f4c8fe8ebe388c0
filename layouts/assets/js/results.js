/**
 * The list, its pages and what is said about it.
 * Owns what stands where the page's own list stood; refuses to know why these rows are wanted.
 *
 * The rows in sight are there at once. The others are put in their places, a few at a time, when these have been
 * painted; until then the rows of the result before keep the page as long as it was, and the list says it is busy.
 */

import { build, link, make, painted, part, reshape, say } from "./dom.js";
import { Hits } from "./hits.js";
import { makePager } from "./pager.js";
import { pageStarts } from "./pagination.js";
import { sortOf } from "./query.js";
import { rowShape, shapeOfBuilt } from "./rows.js";

/** @import { Collection } from "./columns.js" */
/** @import { Shape } from "./dom.js" */
/** @import { BuiltList } from "./guards.js" */
/** @import { Marks } from "./marks.js" */
/** @import { Query } from "./query.js" */
/** @import { Site } from "./site.js" */
/** @typedef {{label: string, address: string, act: () => void}} Offer what to do besides, or in place of what finds nothing */
/**
 * @typedef {object} About what is known of a result besides its rows
 * @property {number} now POSIX seconds
 * @property {(row: number) => readonly string[]} hidden the words searched for that a row does not show
 * @property {boolean} isOwn whether it is what the page came with
 * @property {readonly string[]} filters in words, besides open or closed
 * @property {string} note what the reader should know of how it came about
 * @property {readonly Offer[]} offers
 */

const FIRST_ROWS = 4;
const LEAST_HEIGHT = 120;
const MORE_ROWS = 12;
const QUIET = 500;

export class Results {
  /** @type {{element: HTMLElement, shape: Shape | null}[]} a row for each place, which shows one posting after another */
  #rows = [];
  /** Whether the list is still as the page came with it. */
  isOwn = true;
  /** How many rows there are down to the end of the window. */
  #inSight = FIRST_ROWS;
  #count = 0;
  #placed = 0;
  /** @type {(place: number) => HTMLElement} */
  #rowAt = () => this.list;
  #showPages = () => {};
  /** What the pager leads to. */
  #pages = "";
  /** What was said last, and whether the heading takes over a part of what is said next. */
  #said = "";
  /** @type {Collection | null} that the rows are of */
  #collection = null;
  #isHeaded = false;
  #speak = async () => {};

  /**
   * @param {BuiltList} built the list of the page, in whose place others stand
   * @param {Site} site
   * @param {Marks} marks
   * @param {(query: Query) => void} ask
   * @param {(query: Query) => string} addressOf
   */
  constructor(built, site, marks, ask, addressOf) {
    const { list } = built;
    this.built = built;
    this.list = list;
    this.site = site;
    this.marks = marks;
    this.ask = ask;
    this.addressOf = addressOf;
    this.hits = new Hits(site);
    const section = list.parentElement ?? document.body;
    this.section = section;
    this.heading = part(section, "count");
    this.heading?.setAttribute("tabindex", "-1");
    this.status = part(section, "status");
    this.home = list.dataset["list"];
    this.h1 = document.querySelector("h1");
    this.pageTitle = this.h1?.textContent ?? "";
    this.here = document.querySelector(".nav [aria-current]");
    this.order = /** @type {HTMLElement | null} */ (section.querySelector(".list-head > .muted:not([data-status])"));
    this.pager = /** @type {HTMLElement} */ (section.querySelector("nav.pager")) ?? make("nav", { class: "pager", "aria-label": site.words.text("pages.label") });
    this.note = make("p", { class: "filter-note", hidden: true });
    list.before(this.note);
    list.after(this.pager);
    this.title = document.title;
    for (const name of ["scroll", "resize"]) addEventListener(name, () => this.#look(), { passive: true });
  }

  /** Show what there is. */
  settle() {
    part(this.section, "late")?.remove();
    document.documentElement.removeAttribute("data-filtering");
    this.section.removeAttribute("aria-busy");
  }

  /**
   * Leave the page's own list as it is.
   * @param {string} note
   */
  leave(note) {
    this.#note(note);
    this.settle();
  }

  wait() {
    this.section.setAttribute("aria-busy", "true");
  }

  /** @param {string} note what is shown instead */
  fail(note) {
    this.settle();
    this.#note(note);
    this.#say("", note);
  }

  /** What the heading says. */
  get count() {
    return this.heading?.textContent ?? "";
  }

  /** What the heading says is read out by this: the status need not say it again. */
  focus() {
    this.heading?.focus();
    this.#isHeaded = true;
  }

  /**
   * Show one page of the rows; `complete` has to follow.
   * @param {Collection} collection
   * @param {Uint32Array} found
   * @param {Query} query
   * @param {About} about
   */
  show(collection, found, query, about) {
    const { pageSize, words } = this.site;
    const starts = pageStarts(found, collection.checksums, pageSize);
    const last = starts.length;
    const page = Math.min(query.page, last);
    const rows = found.subarray(starts[page - 1], starts[page]);
    if (collection !== this.#collection) this.hits.forget();
    this.#collection = collection;
    this.#takeOver();
    const count = words.plural(collection.name === "open" ? "list.count" : "archive.closed", found.length);
    const place = last > 1 ? words.text("list.page", { number: words.number(page), total: words.number(last) }) : "";
    this.#turnTo(collection.name);
    const order = found.length > 0 ? words.text(`script.order.${collection.name}.${sortOf(query)}`) : "";
    say(this.heading, count);
    say(this.order, [order, place].filter(Boolean).join(" · "));
    const note = this.#note(about.note, about.offers);
    const chosen = words.listed(about.filters);
    const told = words.listed([chosen ? words.labelled(count, chosen) : count, place]);
    this.#say(count, [place, note].filter(Boolean).join(". "), about.isOwn ? this.title : `${told} – ${this.site.title}`);
    // Last, as the heading may get the focus by it.
    this.#begin(rows.length, (place) => this.#element(place, collection, rows[place] ?? 0, about), () => this.#makePages({ ...query, page }, last));
    this.settle();
  }

  /**
   * Put the rows in their places that were not in sight, with time in between for whatever the reader does.
   * @param {() => boolean} isWanted false once there is another result
   */
  async complete(isWanted) {
    this.#look();
    while (this.#placed < this.#count) {
      this.#place(this.#placed + MORE_ROWS);
      await painted();
      if (!isWanted()) return;
    }
    this.#rest();
  }

  /** Keep room for rows that are still to come: a step back scrolls to where the reader was, if the page is as long. */
  reserve() {
    this.list.toggleAttribute("data-reserved", this.#placed < this.#count);
  }

  /** The rows of the page's own list are the first to show something else. */
  #takeOver() {
    if (this.isOwn) this.#rows = this.built.giveUp().map((element) => ({ element, shape: null }));
    this.isOwn = false;
  }

  /**
   * @param {number} count
   * @param {(place: number) => HTMLElement} rowAt
   * @param {() => void} showPages
   */
  #begin(count, rowAt, showPages) {
    this.#count = count;
    this.#rowAt = rowAt;
    this.#showPages = showPages;
    this.#placed = 0;
    // Without a row, the rules above and below it would stand alone.
    this.list.hidden = count === 0;
    this.#place(this.#inSight);
    if (this.#placed < count) this.list.setAttribute("aria-busy", "true");
  }

  /** @param {number} end */
  #place(end) {
    const { list } = this;
    const focused = document.activeElement;
    for (; this.#placed < Math.min(end, this.#count); this.#placed += 1) {
      const there = list.children[this.#placed];
      const row = this.#rowAt(this.#placed);
      // A row that is there already stays, so that nothing moves under a reader who is further down.
      if (!there) list.append(row);
      else if (there !== row) there.replaceWith(row);
    }
    if (this.#placed === this.#count) {
      while (list.children.length > this.#count) list.lastElementChild?.remove();
      this.#showPages();
      list.removeAttribute("aria-busy");
      list.removeAttribute("data-reserved");
    }
    if (focused && !focused.isConnected) this.focus();
  }

  /** Note how many rows are in sight: asked for when nothing has changed, this costs no layout. */
  #look() {
    this.#inSight = Math.max(FIRST_ROWS, Math.ceil((innerHeight - this.list.getBoundingClientRect().top) / LEAST_HEIGHT));
  }

  /**
   * @param {number} place
   * @param {Collection} collection
   * @param {number} row
   * @param {About} about
   * @returns {HTMLElement}
   */
  #element(place, collection, row, { now, hidden }) {
    const shape = rowShape(collection, row, this.site, now);
    const there = this.#rows[place];
    const isSame = there?.element.dataset["slug"] === shape.attributes["data-slug"];
    // What has the focus must not become another posting's under the reader's hands. Out of sight, a new row takes a
    // little longer, but screen readers are told of one change, not of each line: of hundreds, they leave out some.
    const stays = there && (isSame || (place < this.#inSight && !there.element.contains(document.activeElement)));
    if (stays) reshape(there.element, there.shape ?? shapeOfBuilt(there.element), shape);
    const element = stays ? there.element : build(shape);
    this.#rows[place] = { element, shape };
    this.marks.put(element);
    this.hits.mark(element, hidden(row));
    return element;
  }

  /**
   * @param {Query} query
   * @param {number} last
   */
  #makePages(query, last) {
    const at = (/** @type {number} */ page) => ({ ...query, page });
    // What stays as it is keeps the focus.
    const state = `${this.addressOf(query)} ${last}`;
    if (state === this.#pages) return;
    this.#pages = state;
    const pages = makePager(query.page, last, this.site.words, (page) => this.addressOf(at(page)), (page) => this.ask(at(page)));
    this.pager.replaceChildren(...(pages ? [pages] : []));
  }

  /**
   * The page is about open jobs or about closed ones; so are its title and its place in the navigation.
   * @param {string} state
   */
  #turnTo(state) {
    const isHome = state === this.home;
    const text = isHome ? this.pageTitle : this.site.words.text(`script.state.${state}`);
    if (!this.h1 || this.h1.textContent === text) return;
    this.h1.textContent = text;
    if (isHome) this.here?.setAttribute("aria-current", "true");
    else this.here?.removeAttribute("aria-current");
  }

  /**
   * @param {string} text
   * @param {readonly Offer[]} [offers]
   * @returns {string} all that it says
   */
  #note(text, offers = []) {
    const said = [text, offers.map(({ label }) => label).join(" · ")].filter(Boolean).join(" ");
    if (this.note.textContent !== said) {
      const links = offers.map(({ label, address, act }) => link(label, address, act));
      this.note.replaceChildren(text, ...links.flatMap((made, place) => [place > 0 ? " · " : " ", made]));
    }
    this.note.hidden = !said;
    return said;
  }

  /**
   * What is said here is read out by screen readers: not the result of every letter, and no result again for being
   * looked at again. Another filter with the same count is another result, which the title tells.
   * @param {string} count
   * @param {string} more
   * @param {string} [title] of the page
   */
  #say(count, more, title = "") {
    this.#isHeaded = false;
    this.#speak = async () => {
      if (title) document.title = title;
      const [result, text] = [[count, more, title].join(), [this.#isHeaded ? "" : count, more].filter(Boolean).join(". ")];
      if (!this.status || result === this.#said) return;
      this.#said = result;
      // The same text is read out again only where it was away.
      if (this.status.textContent === text) {
        this.status.textContent = "";
        await painted();
      }
      this.status.textContent = text;
    };
    this.#rest();
  }

  /** Speak after a while without a change: a screen reader that is told of many rows meanwhile may drop what is said. */
  #rest() {
    clearTimeout(this.saying);
    this.saying = setTimeout(() => this.#placed === this.#count && this.#speak(), QUIET);
  }
}
