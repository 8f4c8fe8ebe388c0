/**
 * What a reader must know that the build could not: deadlines that have passed since, and a site grown old.
 * Owns these two warnings; the rule that closed means `now >= closes` is the build's, repeated here.
 */

import { make, part } from "./dom.js";

/** @import { Site } from "./site.js" */

const DAY = 86_400_000;
const OLD = 3 * DAY;
const MINUTE = 60_000;

/**
 * Say whether a posting has closed.
 * @param {string | null | undefined} closes ISO 8601
 * @param {number} now milliseconds
 * @returns {boolean}
 */
export function hasClosed(closes, now) {
  return Boolean(closes) && Date.parse(closes ?? "") <= now;
}

/**
 * Return the instant of a build that is too old to trust, else null.
 * @param {unknown} build the value of build.json
 * @param {number} now milliseconds
 * @returns {Date | null}
 */
export function staleSince(build, now) {
  const text = /** @type {{built?: unknown} | null} */ (build)?.built;
  const built = typeof text === "string" ? new Date(text) : null;
  return built && now - built.getTime() > OLD ? built : null;
}

/** A list as the build made it, without the postings whose deadline has passed since. */
export class BuiltList {
  /**
   * @param {HTMLElement} list
   * @param {Site} site
   */
  constructor(list, site) {
    this.list = list;
    this.site = site;
    this.rows = [...list.children].filter((row) => row instanceof HTMLElement);
    const section = list.parentElement ?? list;
    this.isWhole = !section.querySelector("nav.pager");
    this.isCounted = !section.querySelector("nav.pager [rel=prev]");
    this.heading = part(section, "count");
    this.status = part(section, "status");
    this.built = this.heading?.textContent ?? "";
  }

  /**
   * How many postings there are, in words that hold now: what has passed on other pages is not known. Only the
   * first page of a list tells a number.
   */
  get count() {
    const left = this.rows.filter((row) => !row.hidden).length;
    if (left === this.rows.length || !this.isCounted) return this.built;
    const { words } = this.site;
    return this.isWhole ? words.plural("list.count", left) : words.text("script.count-then", { count: this.built });
  }

  /**
   * Leave the list to others; what stands in it is no longer the build's.
   * @returns {HTMLElement[]} the rows that have not passed
   */
  giveUp() {
    const [passed, rows] = [this.rows.filter((row) => row.hidden), this.rows.filter((row) => !row.hidden)];
    for (const row of passed) row.remove();
    this.rows = [];
    return rows;
  }

  /** Hide what has passed, and say so. */
  look() {
    const passed = this.rows.filter((row) => !row.hidden && hasPassed(row));
    if (passed.length === 0) return;
    const said = this.count;
    for (const row of passed) markPassed(row, this.site);
    if (this.heading?.textContent === said) this.heading.textContent = this.count;
    if (this.status) this.status.textContent = this.site.words.plural("script.passed-since", passed.length);
  }
}

/**
 * Mark the open postings of a page whose deadline has passed, and hide them from the list, now and every minute.
 * @param {Document} page
 * @param {Site} site
 * @returns {BuiltList[]} the lists of the page
 */
export function guardLists(page, site) {
  const lists = [...page.querySelectorAll("[data-list]")].filter((list) => list instanceof HTMLElement);
  const built = lists.map((list) => new BuiltList(list, site));
  const check = () => built.forEach((list) => list.look());
  check();
  setInterval(check, MINUTE);
  page.addEventListener("visibilitychange", check);
  return built;
}

/** @param {Element} row */
function hasPassed(row) {
  return hasClosed(row.getAttribute("data-closes"), Date.now());
}

/**
 * @param {Element} row
 * @param {Site} site
 */
function markPassed(row, site) {
  row.setAttribute("hidden", "");
  row.querySelector(".row-side")?.prepend(make("p", { class: "badge" }, site.words.text("script.passed")));
}

/**
 * Say so when the whole site was built more than three days ago, where nothing that is read has to move for it.
 * @param {Document} page
 * @param {Site} site
 */
export function warnIfStale(page, site) {
  const look = async () => {
    const answer = await fetch(`${site.root}build.json`, { cache: "no-cache" }).catch(() => null);
    const since = answer?.ok ? staleSince(await answer.json().catch(() => null), Date.now()) : null;
    if (!since) return;
    const text = site.words.text("script.stale", { date: site.words.day(Math.floor(since.getTime() / DAY)) });
    page.documentElement.setAttribute("data-stale", "");
    page.body.append(make("p", { class: "banner stale", role: "status" }, text));
  };
  if (page.readyState === "complete") look();
  else addEventListener("load", look, { once: true });
}
