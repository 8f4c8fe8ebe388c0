/**
 * The controls that only a script can serve: search, order, pay, deadline, open or closed.
 * Owns their markup, in the room that the page keeps for them; refuses to know what they do.
 */

import { make, part, say } from "./dom.js";
import { PARAMETERS, PERIODS, STATES, parseAmount, sortOf, textOf } from "./query.js";

/** @import { Query, Sort, State } from "./query.js" */
/** @import { Site, Words } from "./site.js" */

const SORTS = /** @type {readonly Sort[]} */ (["newest", "closing", "pay"]);
/** Those that are by another day where jobs have closed. */
const BY_DAY = new Set(["newest", "closing"]);

/**
 * Build the form in its slot, and the groups that only scripts serve beside those that the page has.
 * @param {HTMLElement} root
 * @param {HTMLElement} slot
 * @param {Site} site
 * @param {string} action where the form leads
 * @returns {HTMLFormElement}
 */
export function buildForm(root, slot, { words }, action) {
  const form = make("form", { class: "filter-form", role: "search", method: "get", action }, searchField(words), make("div", { class: "filter-bar", "data-bar": true }), sortField(words));
  slot.replaceChildren(form);
  const groups = part(root, "browse") ?? root.appendChild(make("div", { class: "browse", "data-browse": true }));
  const missing = Object.entries(PARAMETERS).filter(([folder]) => !groups.querySelector(`[data-facet="${folder}"]`));
  groups.append(
    ...missing.map(([, name]) => group(name, words, make("ul"))),
    group("pay", words, ...payFields(words), make("ul")),
    group("closing", words, make("ul")),
    group("state", words, ...STATES.map((state) => radio(state, words))),
  );
  return form;
}

/** @param {Words} words */
function searchField(words) {
  const field = make("input", { type: "search", id: "filter-q", name: "q", autocomplete: "off", enterkeyhint: "search", maxlength: "200" });
  return make("p", { class: "filter-search" }, make("label", { for: "filter-q" }, words.text("script.search")), field);
}

/** @param {Words} words */
function sortField(words) {
  const options = SORTS.map((sort) => make("option", { value: sort }, words.text(`script.sort.${sort}`)));
  const field = make("select", { id: "filter-sort", name: "sort" }, ...options);
  return make("p", { class: "filter-sort" }, make("label", { for: "filter-sort" }, words.text("script.sort.label")), field);
}

/**
 * Best matches first is an order only where something is searched.
 * @param {HTMLSelectElement} field
 * @param {boolean} searching
 * @param {Words} words
 */
function offerBest(field, searching, words) {
  const offered = field.querySelector('option[value="best"]');
  if (searching && !offered) field.prepend(make("option", { value: "best" }, words.text("script.sort.best")));
  if (!searching) offered?.remove();
}

/**
 * @param {HTMLSelectElement} field
 * @param {State} state
 * @param {Words} words
 */
function nameSorts(field, state, words) {
  for (const option of field.options) {
    if (BY_DAY.has(option.value)) option.text = words.text(state === "closed" ? `script.sort.closed.${option.value}` : `script.sort.${option.value}`);
  }
}

/** @param {Words} words */
function payFields(words) {
  const amount = make("input", { type: "text", id: "filter-pay", name: "min_pay", inputmode: "numeric", autocomplete: "off", size: "9", "aria-describedby": "filter-pay-unread filter-pay-hint" });
  const options = PERIODS.map((period) => make("option", { value: period }, words.text(`script.per.${period}`)));
  const per = make("select", { id: "filter-per", name: "per", "aria-label": words.text("script.per.label") }, ...options);
  return [
    make("p", { class: "filter-pay" }, make("label", { for: "filter-pay" }, words.text("script.pay.at-least")), amount, per),
    make("p", { class: "filter-unread", id: "filter-pay-unread", role: "status" }),
    make("p", { class: "filter-hint", id: "filter-pay-hint" }, words.text("script.pay.hint")),
  ];
}

/**
 * @param {State} state
 * @param {Words} words
 */
function radio(state, words) {
  const id = `filter-state-${state}`;
  const box = make("input", { type: "radio", id, name: "state", value: state, "aria-describedby": `count-state-${state}` });
  return make("p", { class: "filter-value" }, box, make("label", { for: id }, words.text(`script.state.${state}`)), make("span", { class: "count", id: `count-state-${state}` }));
}

/** The fields of the form, which say what a query says. */
export class Fields {
  /**
   * @param {HTMLElement} root
   * @param {Site} site
   */
  constructor(root, site) {
    this.site = site;
    const field = (/** @type {string} */ name) => /** @type {HTMLInputElement | HTMLSelectElement | null} */ (root.querySelector(`[name="${name}"]:is(input, select)`));
    this.byName = { q: field("q"), sort: field("sort"), min_pay: field("min_pay"), per: field("per") };
    this.unread = root.querySelector("#filter-pay-unread");
    this.states = [...root.querySelectorAll('input[name="state"]')].filter((radio) => radio instanceof HTMLInputElement);
  }

  /**
   * @param {Query} query
   * @param {boolean} isWhole with what the reader is writing
   */
  show(query, isWhole) {
    const { sort } = this.byName;
    if (sort instanceof HTMLSelectElement) {
      offerBest(sort, textOf(query) !== "", this.site.words);
      nameSorts(sort, query.state, this.site.words);
    }
    const values = { q: query.text, sort: sortOf(query), min_pay: query.minPay === null ? "" : String(query.minPay), per: query.per };
    for (const [name, field] of Object.entries(this.byName)) {
      const value = values[/** @type {keyof typeof values} */ (name)];
      // What the reader is writing is left as it is written, and so is what has still to be mended.
      const isLeft = (field === document.activeElement || (name === "min_pay" && isUnread(field))) && !isWhole;
      if (field && !isLeft && field.value !== value) field.value = value;
    }
    this.#judgePay();
    for (const radio of this.states) radio.checked = radio.value === query.state;
  }

  /** Say so where the amount cannot be read. */
  #judgePay() {
    const field = this.byName.min_pay;
    const text = isUnread(field) ? this.site.words.text("script.pay.unread") : "";
    if (text) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
    say(this.unread, text);
  }
}

/**
 * Say whether there is something in the field of an amount that is none.
 * @param {{value: string} | null} field
 */
function isUnread(field) {
  const text = field?.value.trim() ?? "";
  return text !== "" && parseAmount(text) === null;
}

/**
 * @param {string} name
 * @param {Words} words
 * @param {...Node} children
 */
function group(name, words, ...children) {
  const title = words.text(`script.facet.${name}`);
  const fieldset = make("fieldset", {}, make("legend", { class: "visually-hidden" }, title), ...children);
  return make(
    "details",
    { class: "browse-group", name: "browse", "data-facet": name },
    make("summary", {}, title),
    make("div", { class: "browse-panel" }, fieldset),
  );
}
