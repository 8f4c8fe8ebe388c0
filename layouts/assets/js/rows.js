/**
 * Rows of the list as the browser makes them, in the markup of `partials/row.html`.
 * Owns what a row says; refuses to know which are wanted. A browser test holds the two markups together.
 */

import { shape } from "./dom.js";
import { NOT_STATED } from "./query.js";

/** @import { Collection, Column } from "./columns.js" */
/** @import { Shape } from "./dom.js" */
/** @import { Site, Words } from "./site.js" */

const DAY = 86_400_000;

/**
 * Return what the element of a row is to be.
 * @param {Collection} collection
 * @param {number} row
 * @param {Site} site
 * @param {number} now POSIX seconds
 * @returns {Shape}
 */
export function rowShape(collection, row, site, now) {
  const slug = collection.slugs[row] ?? "";
  const [, , , seconds, dated, reason] = at(collection.closing, row);
  const added = isoDay(collection.added[row] ?? 0);
  const isSoon = !reason && dated && seconds - now <= site.soonDays * 86_400;
  return shape(
    "li",
    {
      class: reason ? "row row-closed" : isSoon ? "row row-soon" : "row",
      "data-slug": slug,
      "data-state": reason ? "closed" : "open",
      ...(reason ? {} : { "data-closes": isoInstant(seconds) }),
      "data-added": added,
    },
    mainPart(collection, row, site, slug),
    shape("div", { class: "row-side" }, payLine(collection, row, site), ...(reason ? closedLines(collection, row, site) : openLines(collection, row, site, isSoon))),
  );
}

/**
 * Return what a row of the build is. The room between its tags, which no shape has, is taken away.
 * @param {Element} element
 * @returns {Shape}
 */
export function shapeOfBuilt(element) {
  /** @type {(Shape | string)[]} */
  const children = [];
  for (const child of [...element.childNodes]) {
    if (!(child instanceof HTMLElement)) {
      if (child.nodeValue?.trim()) children.push(child.nodeValue);
      else child.remove();
    } else if (!("marks" in child.dataset)) {
      children.push(shapeOfBuilt(child));
    }
  }
  const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  return shape(/** @type {any} */ (element.localName), attributes, ...children);
}

/**
 * @param {Collection} collection
 * @param {number} row
 * @param {Site} site
 * @param {string} slug
 */
function mainPart(collection, row, site, slug) {
  const link = shape("a", { href: `${site.root}jobs/${slug}/`, ...ownWords(collection, row) }, at(collection.titles, row));
  const place = placeOf(collection, row, site.words);
  const tags = labels(collection, "tag", row).join(" · ");
  return shape(
    "div",
    { class: "row-main" },
    shape("h3", {}, link),
    line("row-org", labels(collection, "organization", row).join("")),
    ...(place ? [line("row-place", place)] : []),
    ...(tags ? [line("row-tags", tags)] : []),
  );
}

/**
 * @param {Collection} collection
 * @param {number} row
 * @param {Site} site
 */
function payLine(collection, row, { words }) {
  const [pay, , , isFigures] = at(collection.pay, row);
  if (!pay) return line("row-pay unstated", words.text("list.pay-not-stated"));
  return shape("p", isFigures ? { class: "row-pay" } : { class: "row-pay in-words", ...ownWords(collection, row) }, pay);
}

/**
 * @param {Collection} collection
 * @param {number} row
 * @param {Site} site
 * @param {boolean} isSoon
 */
function openLines(collection, row, { words }, isSoon) {
  const [deadline, machine, rolling, seconds] = at(collection.closing, row);
  const added = collection.added[row] ?? 0;
  const missing = rolling ? line("row-when", words.text("list.no-deadline-rolling")) : line("row-when unstated", words.text("list.deadline-not-stated"));
  return [
    deadline ? timeLine("row-when", words.text("list.closes"), deadline, machine) : missing,
    ...(isSoon ? [line("badge", words.soon(machine, seconds * 1000))] : []),
    timeLine("row-added", words.text(collection.posted.has(row) ? "list.posted" : "list.added"), words.day(added), isoDay(added)),
  ];
}

/**
 * @param {Collection} collection
 * @param {number} row
 * @param {Site} site
 */
function closedLines(collection, row, { words }) {
  const [, , , , , reason, closedOn] = at(collection.closing, row);
  const when = closedOn
    ? timeLine("row-when", words.text("list.closed"), words.day(closedOn), isoDay(closedOn))
    : line("row-when", words.text("list.closed-undated"));
  return [when, line("row-added", words.text(`closed.${reason}`))];
}

/**
 * Return the attributes of what is in a posting's words: its language where that is not the site's.
 * @param {Collection} collection
 * @param {number} row
 * @returns {Record<string, string>}
 */
function ownWords(collection, row) {
  const language = at(collection.language, row);
  return language ? { lang: language, dir: "auto" } : {};
}

/**
 * @param {string} name
 * @param {string} text
 */
function line(name, text) {
  return shape("p", { class: name }, text);
}

/**
 * @param {string} name
 * @param {string} what
 * @param {string} when
 * @param {string} machine
 */
function timeLine(name, what, when, machine) {
  return shape("p", { class: name }, `${what} `, shape("time", { datetime: machine }, when));
}

/**
 * Return where the work is done, how, and for how much of the day, as far as it is stated.
 * @param {Collection} collection
 * @param {number} row
 * @param {Words} words
 */
export function placeOf(collection, row, words) {
  const types = words.listed(labels(collection, "type", row));
  return [at(collection.place, row), ...labels(collection, "arrangement", row), types].filter(Boolean).join(" · ");
}

/**
 * Return the labels of what a posting states of a facet, as it writes them.
 * @param {Collection} collection
 * @param {string} name
 * @param {number} row
 * @returns {readonly string[]}
 */
function labels(collection, name, row) {
  const facet = collection.facets[name];
  const spelled = facet?.spelled?.[row];
  if (spelled) return spelled;
  const values = facet?.sets[facet.of[row] ?? 0] ?? [];
  return values.filter((value) => facet?.slugs[value] !== NOT_STATED).map((value) => facet?.labels[value] ?? "");
}

/** @param {number} days since 1970-01-01 */
function isoDay(days) {
  return new Date(days * DAY).toISOString().slice(0, 10);
}

/** @param {number} seconds */
function isoInstant(seconds) {
  return new Date(seconds * 1000).toISOString().replace(".000", "");
}

/**
 * Return what a column has for a row.
 * @template T
 * @param {Column<T>} column
 * @param {number} row
 * @returns {T}
 */
export function at(column, row) {
  return /** @type {T} */ (column.values[column.of[row] ?? 0]);
}
