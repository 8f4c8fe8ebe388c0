/**
 * What the build tells scripts about the site, and the site's words.
 * Owns the reading of `search/site.json`; refuses to know what the words are said about.
 */

/**
 * @typedef {object} Site
 * @property {string} root
 * @property {string} title
 * @property {string} currency
 * @property {number} pageSize
 * @property {number} soonDays
 * @property {Readonly<Record<string, string>>} renamed the present values of filters, by the former ones as in "tag=legal"
 * @property {Readonly<Record<string, string>>} moved the present slugs of postings, by the former ones
 * @property {Words} words
 */

const DAY = /** @type {const} */ ({ dateStyle: "medium", timeZone: "UTC" });
const MINUTE = 60_000;
const MILLISECONDS = 86_400_000;

// Spanish and others write four digits without a separator; the build does not know of it, and pages have its figures.
const GROUPING = "always";

/** The strings of the site's language, and figures and dates as its readers write them. */
export class Words {
  /** @type {Record<number, string>} how near a deadline is, by days: the rows of a list have few of them */
  #near = {};

  /**
   * @param {string} language BCP 47
   * @param {Readonly<Record<string, string>>} strings by dotted key
   */
  constructor(language, strings) {
    this.strings = strings;
    // Pages have these digits and this calendar in every language; browsers have others in Egypt, Iran or Thailand.
    this.locale = new Intl.Locale(language, { numberingSystem: "latn", calendar: "gregory" });
    this.plurals = new Intl.PluralRules(language);
    // Making a formatter takes far longer than using it.
    this.figures = new Intl.NumberFormat(this.locale, { useGrouping: GROUPING });
    this.days = new Intl.DateTimeFormat(this.locale, DAY);
    this.collator = new Intl.Collator(language, { numeric: true });
  }

  /**
   * @param {string} key
   * @param {Readonly<Record<string, string>>} [values] for the names in braces
   * @returns {string} the key itself where the language has no such string
   */
  text(key, values = {}) {
    return (this.strings[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /**
   * @param {string} key of a string with plural forms
   * @param {number} count
   * @param {Readonly<Record<string, string>>} [values]
   */
  plural(key, count, values = {}) {
    const form = `${key}.${this.plurals.select(count)}`;
    return this.text(form in this.strings ? form : `${key}.other`, { count: this.number(count), ...values });
  }

  /**
   * @param {string} label
   * @param {string} text what it says
   */
  labelled(label, text) {
    return `${label}${this.text("marks.colon")}${text}`;
  }

  /** @param {readonly string[]} parts of one name, or a few words; those that are empty are left out */
  listed(parts) {
    return parts.filter(Boolean).join(this.text("marks.comma"));
  }

  /** @param {number} value */
  number(value) {
    return this.figures.format(value);
  }

  /**
   * @param {number} amount
   * @param {string} currency ISO 4217
   */
  money(amount, currency) {
    const digits = Number.isInteger(amount) ? 0 : 2;
    const form = /** @type {const} */ ({ style: "currency", minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: GROUPING });
    return new Intl.NumberFormat(this.locale, { ...form, currency }).format(amount);
  }

  /** @param {number} days since 1970-01-01 */
  day(days) {
    const instant = days * MILLISECONDS;
    return this.#ofDay(new Date(instant).getUTCDate(), this.days.format(instant));
  }

  /** @param {number} days from today, which may be 0 or less */
  daysFromNow(days) {
    return new Intl.RelativeTimeFormat(this.locale, { numeric: "auto" }).format(days, "day");
  }

  /**
   * Say how near a deadline is; that it is near, where the reader's calendar has another day for it than is written.
   * @param {string} written ISO 8601
   * @param {number} closes milliseconds
   */
  soon(written, closes) {
    // A day is over when the next begins.
    const end = closes - MINUTE;
    if (dayOf(end) !== Date.parse(written.slice(0, 10))) return this.text("list.closing-soon");
    const days = daysBetween(Date.now(), end);
    return (this.#near[days] ??= days < 2 ? this.daysFromNow(days) : new Intl.NumberFormat(this.locale, { style: "unit", unit: "day", unitDisplay: "long" }).format(days));
  }

  /** @param {Date} instant in the reader's own time zone, which is named */
  moment(instant) {
    const form = /** @type {const} */ ({ weekday: "short", month: "short", day: "numeric" });
    const clock = /** @type {const} */ ({ hour: "numeric", minute: "2-digit", timeZoneName: "short" });
    return this.#ofDay(instant.getDate(), new Intl.DateTimeFormat(this.locale, { ...form, ...clock }).format(instant));
  }

  /**
   * @param {number} day of the month
   * @param {string} text a date
   * @returns {string} with the first of a month as the language writes it, as in French "1er mars"
   */
  #ofDay(day, text) {
    return day === 1 ? text.replace(/(?<!\d)1(?!\d)/, this.text("marks.first")) : text;
  }
}

/**
 * Count the reader's midnights between two instants.
 * @param {number} start milliseconds
 * @param {number} end milliseconds
 * @returns {number}
 */
export function daysBetween(start, end) {
  return (dayOf(end) - dayOf(start)) / MILLISECONDS;
}

/**
 * @param {number} instant milliseconds
 * @returns {number} midnight in UTC of the day that the reader's calendar shows then
 */
export function dayOf(instant) {
  const shown = new Date(instant);
  return Date.UTC(shown.getFullYear(), shown.getMonth(), shown.getDate());
}

/**
 * Fetch what the build tells scripts about the site.
 * @param {string} root the path of the site on its host, with both slashes
 * @returns {Promise<Site>}
 */
export async function fetchSite(root) {
  const answer = await fetch(`${root}search/site.json`);
  // What a browser has kept from before an upgrade lacks what is new.
  const { language, strings, renamed = {}, moved = {}, ...told } = await answer.json();
  return { root, renamed, moved, ...told, words: new Words(language, strings) };
}
