/**
 * What a reader must know that the build could not: deadlines that have passed since, and a site grown old.
 * Owns these warnings, and hides what has passed before there are words for it; the rule that closed means
 * `now >= closes` is the build's, repeated here.
 */

import { everyMinute, make, painted, part, say } from "./dom.js";
import { dayOf } from "./site.js";

/** @import { Site, Words } from "./site.js" */

const DAY = 86_400_000;
const OLD = 3 * DAY;

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
  /** @type {Site | null} whose words have to be fetched: rows are hidden before */
  #site = null;
  #untold;
  /** @type {HTMLElement | null} where to go on, once nothing is left */
  #ways = null;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    this.rows = [...list.children].filter((row) => row instanceof HTMLElement);
    this.#untold = this.rows.filter((row) => row.hidden).length; // before the first paint
    const section = list.parentElement ?? list;
    this.isWhole = !section.querySelector("nav.pager");
    this.heading = part(section, "count");
    this.status = part(section, "status");
    this.built = this.heading?.textContent ?? "";
  }

  /**
   * How many postings there are, in words that hold now: what has passed on other pages is not known. Only the
   * first page of a list tells a number.
   * @param {Words} words
   */
  #count(words) {
    const left = this.rows.filter((row) => !row.hidden).length;
    return this.isWhole ? words.plural("list.count", left) : (this.heading?.dataset["then"] ?? this.built);
  }

  /**
   * Leave the list to others; what stands in it is no longer the build's.
   * @returns {HTMLElement[]} the rows that have not passed
   */
  giveUp() {
    const [passed, rows] = [this.rows.filter((row) => row.hidden), this.rows.filter((row) => !row.hidden)];
    for (const row of passed) row.remove();
    this.#ways?.remove();
    this.rows = [];
    this.status?.removeAttribute("data-passed");
    return rows;
  }

  /** Hide what has passed, and say so. */
  look() {
    for (const row of this.rows) {
      if (row.hidden || !hasClosed(row.dataset["closes"], Date.now())) continue;
      row.hidden = true;
      this.#untold += 1;
    }
    if (this.rows.length > 0 && this.rows.every((row) => row.hidden)) this.list.hidden = true;
    for (const row of this.rows) this.#mark(row);
    this.#tell();
  }

  /** @param {Site} site */
  speak(site) {
    this.#site = site;
    this.#tell();
  }

  /**
   * Keep how near a deadline is true when the day changes.
   * @param {HTMLElement} row
   */
  #mark(row) {
    const mark = row.querySelector(".badge");
    const text = mark && this.#site?.words.soon(row.querySelector("time")?.dateTime ?? "", Date.parse(row.dataset["closes"] ?? ""));
    if (text) say(mark, text);
  }

  #tell() {
    const site = this.#site;
    if (!site || this.#untold === 0) return;
    const { words } = site;
    if (this.heading) this.heading.textContent = this.#count(words);
    if (this.status) {
      this.status.textContent = words.plural("script.passed-since", this.#untold);
      this.status.setAttribute("data-passed", ""); // rows that vanish are explained to those who see, too
    }
    this.#untold = 0;
    // Where there are more pages, the links to them lead on.
    if (this.list.hidden && this.isWhole) this.list.after((this.#ways = waysOn(site)));
  }
}

/**
 * Lead on from a list with nothing left in it, as the build does from one that it finds empty.
 * @param {Site} site
 */
function waysOn({ root, words }) {
  const ways = { [root]: "closed.see-open", [`${root}archive/`]: "empty.archive" };
  const items = Object.entries(ways)
    .filter(([address]) => address !== location.pathname)
    .map(([href, key]) => make("li", {}, make("a", { href }, words.text(key))));
  return make("div", { class: "empty", "data-ways": true }, make("p", { class: "lede" }, words.text("term.empty-next")), make("ul", { class: "ways" }, ...items));
}

/**
 * Hide the open postings of the page whose deadline has passed, now and every minute.
 * @returns {BuiltList[]} the lists of the page
 */
export function guardLists() {
  const lists = [...document.querySelectorAll("[data-list]")].filter((list) => list instanceof HTMLElement);
  const built = lists.map((list) => new BuiltList(list));
  // Nothing counts these.
  const related = [...document.querySelectorAll(".related > [data-closes]")].filter((row) => row instanceof HTMLElement);
  const check = () => {
    for (const list of built) list.look();
    for (const row of related) row.hidden ||= hasClosed(row.dataset["closes"], Date.now());
  };
  check();
  everyMinute(check);
  return built;
}

/**
 * Say so when the whole site was built more than three days ago, where nothing that is read has to move for it.
 * @param {Site} site
 */
export function warnIfStale(site) {
  const look = async () => {
    const answer = await fetch(`${site.root}build.json`, { cache: "no-cache" }).catch(() => null);
    const since = answer?.ok ? staleSince(await answer.json().catch(() => null), Date.now()) : null;
    if (!since) return;
    const text = site.words.text("script.stale", { date: site.words.day(dayOf(since.getTime()) / DAY) });
    document.documentElement.setAttribute("data-stale", "");
    const said = make("p", { class: "banner stale", role: "status" });
    document.body.append(said);
    // Screen readers tell of what is written into a place that they know.
    await painted();
    said.textContent = text;
  };
  if (document.readyState === "complete") look();
  else addEventListener("load", look, { once: true });
}
