/**
 * The query in force as the address of the page, so that it can be shared, reloaded and gone back to.
 * Owns when a query becomes a step in the history; refuses to know what it shows.
 */

import { painted } from "./dom.js";
import { formatQuery, leavesOut, parseQuery, withPresent } from "./query.js";

/** @import { Query, State } from "./query.js" */

/** In milliseconds: Safari refuses more than a hundred changes in thirty seconds. */
const PAUSE = 350;

export class Address {
  #typing = false;
  /** @type {string | null} the address of a step that is still to be taken */
  #step = null;
  /** @type {string | null} what the address of the last step is to become */
  #typed = null;
  #timer = 0;
  /** Whether the address that was read names a filter that cannot be understood. */
  leavesOut = false;

  /**
   * @param {State} home the state that the page shows without parameters
   * @param {string} base the path of the page that holds the whole list
   * @param {Readonly<Record<string, string>>} renamed values of filters
   */
  constructor(home, base, renamed) {
    this.home = home;
    this.base = base;
    this.renamed = renamed;
    this.ownPath = location.pathname;
    /** @type {Element | null} the page's address without a filter, which phones share in place of the one in force */
    this.canonical = document.querySelector('link[rel="canonical"]');
  }

  /** What was still to be put into the address is out of date when another one is read. */
  read() {
    this.#step = null;
    this.#typed = null;
    const search = withPresent(location.search, this.renamed);
    if (search !== location.search) history.replaceState(null, "", location.pathname + search + location.hash);
    const query = parseQuery(location.search, this.home);
    this.leavesOut = leavesOut(location.search, query);
    this.#share(query);
    return query;
  }

  /**
   * What the browser shares is the address in force, if that is another list than the page has an address for.
   * @param {Query} query the one in the address
   */
  #share(query) {
    if (!this.canonical) return;
    if (this.isOwn(query)) document.head.append(this.canonical);
    else this.canonical.remove();
  }

  /** @param {Query} query */
  of(query) {
    return this.base + formatQuery(query, this.home);
  }

  /**
   * Say whether a query asks for the page as the build made it.
   * @param {Query} query
   */
  isOwn(query) {
    return formatQuery(query, this.home) === "" && this.#path === this.ownPath;
  }

  /**
   * Return which page of its list a query asks for: that of the path, which a step back may lead to, if nothing else does.
   * @param {Query} query
   */
  pageOf(query) {
    const [, page] = (formatQuery(query, this.home) === "" && /\/page\/(\d+)\/$/.exec(this.#path)) || [];
    return page ? Number(page) : query.page;
  }

  get #path() {
    return this.#step?.split("?")[0] ?? location.pathname;
  }

  /**
   * Put a query into the address. Each choice is a step in the history; what is typed in one go is one step.
   * @param {Query} query
   * @param {boolean} typing
   * @param {boolean} leaves whether the page is scrolled by it: the step holds where the reader was before
   */
  put(query, typing, leaves) {
    const address = this.of(query);
    this.leavesOut = false;
    this.#push();
    if (!typing) this.pause();
    if (this.#typing) this.#replaceSoon(address);
    // A sign or a space that begins what is typed is no step yet, which the next letter could go on with.
    else if (address !== location.pathname + location.search) {
      this.#typing = typing;
      this.#pushSoon(address);
    }
    if (leaves) this.#push();
  }

  /**
   * A step waits for the browser's other processes, longer than rows take to find: these come first.
   * @param {string} address
   */
  #pushSoon(address) {
    this.#step = address;
    void painted().then(() => this.#push());
  }

  #push() {
    this.#go("pushState", this.#step);
    this.#step = null;
  }

  /** What was typed is whole, and what comes next is a step of its own. */
  pause() {
    this.#typing = false;
    this.#replace();
  }

  #replace() {
    this.#go("replaceState", this.#typed);
    this.#typed = null;
  }

  /**
   * @param {"pushState" | "replaceState"} how
   * @param {string | null} address
   */
  #go(how, address) {
    if (address === null) return;
    history[how](null, "", address);
    this.#share(parseQuery(location.search, this.home));
  }

  /** @param {string} address */
  #replaceSoon(address) {
    this.#typed = address;
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      this.#replace();
    }, PAUSE);
  }
}
