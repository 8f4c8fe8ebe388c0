/**
 * A posting's own page: what the reader can do with it, and its deadline in the reader's time.
 * Owns these additions; refuses to change what the page says.
 */

import { button, everyMinute, make, say, textIn } from "./dom.js";
import { label, nameOf, saveButton, whenSaved } from "./marks.js";
import { daysBetween } from "./site.js";

/** @import { Site } from "./site.js" */
/** @import { Store } from "./store.js" */

const MINUTE = 60_000;
const DATE_ONLY = "2026-01-26".length;
const CLOCK = "2026-01-26T17:00".length;

/**
 * Add to a posting's page what needs a script.
 * @param {HTMLElement} article
 * @param {Site} site
 * @param {Store} store
 */
export function startPosting(article, site, store) {
  const slug = article.dataset["slug"] ?? "";
  store.see(slug);
  addTools(article, site, store, slug);
  const closes = article.dataset["closes"];
  if (closes) addDeadlineNote(article, site, closes);
}

/**
 * @param {HTMLElement} article
 * @param {Site} site
 * @param {Store} store
 * @param {string} slug
 */
function addTools(article, site, store, slug) {
  const time = article.querySelector(".fact-deadline time");
  const closes = article.dataset["closes"];
  const posting = {
    slug,
    title: textIn(article, "h1"),
    organization: textIn(article, ".posting-head .kicker a"),
    deadline: time?.textContent?.trim() ?? "",
    closes: closes ? Date.parse(closes) / 1000 : 0,
    dated: Boolean(closes && time),
  };
  const { words } = site;
  const name = nameOf(posting, site);
  const save = saveButton(() => posting, name, site, store, store.isSaved(slug));
  whenSaved(() => label(save, name, site, store.isSaved(slug)));
  const said = make("span", { class: "tools-said", role: "status" });
  const tools = make(
    "div",
    { class: "posting-tools" },
    ...(store.isThere ? [save] : []),
    button(words.text("script.copy-link"), () => void copyLink(said, words.text("script.copied"), words.text("script.not-copied")), { class: "copy" }),
    ...("share" in navigator ? [button(words.text("script.share"), () => void navigator.share({ title: name, url: address() }).catch(() => {}), { class: "share" })] : []),
    button(words.text("script.print"), () => print(), { class: "print" }),
    said,
  );
  article.querySelector(".posting-head")?.append(tools);
}

/** @returns {string} the posting's permanent address */
function address() {
  return document.querySelector('link[rel="canonical"]')?.getAttribute("href") ?? location.href.split("#")[0] ?? "";
}

/**
 * @param {HTMLElement} said
 * @param {string} done
 * @param {string} failed
 */
async function copyLink(said, done, failed) {
  try {
    await navigator.clipboard.writeText(address());
    said.textContent = done;
  } catch {
    said.textContent = `${failed} ${address()}`;
  }
}

/**
 * Tell the deadline in the reader's own time where the clocks there show another time, else how far off it is:
 * the page keeps room for one of the two.
 * @param {HTMLElement} article
 * @param {Site} site
 * @param {string} closes ISO 8601
 */
function addDeadlineNote(article, site, closes) {
  const time = article.querySelector(".fact-deadline time");
  if (!time) return;
  const written = time.getAttribute("datetime") ?? "";
  const isDay = written.length === DATE_ONLY;
  const ends = new Date(Date.parse(closes) - (isDay ? MINUTE : 0));
  if (clock(ends) === (isDay ? `${written}T23:59` : written.slice(0, CLOCK))) {
    const note = make("span", { class: "note", "data-days-left": true });
    // Many a page stays open overnight, after which another day is tomorrow.
    const tell = () => say(note, site.words.daysFromNow(daysBetween(Date.now(), ends.getTime())));
    tell();
    everyMinute(tell);
    time.after(" ", note);
  } else {
    const text = site.words.text("script.local-time", { time: site.words.moment(new Date(closes)) });
    time.after(" ", make("span", { class: "note", "data-local-time": true }, text));
  }
}

/**
 * @param {Date} instant
 * @returns {string} what the reader's clock and calendar show then, in ISO 8601 to the minute
 */
function clock(instant) {
  return new Date(instant.getTime() - instant.getTimezoneOffset() * MINUTE).toISOString().slice(0, CLOCK);
}
