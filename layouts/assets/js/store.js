/**
 * What a reader keeps in this browser: saved postings, what was seen, and what was new at the last visit.
 * Owns the keys and forms of what is stored; refuses to send any of it anywhere.
 */

/**
 * Texts are those of lists; postings' own pages save no place and pay. What was closed when it was saved `closes` at 0.
 * @typedef {{slug: string, title: string, organization: string, place?: string, pay?: string, deadline: string, closes: number, dated: boolean}} Saved
 */
/** @typedef {{day: string, slugs: string[] | null}} Mark the newest day seen in the list, and what was on it; null: more than was shown */

const SAVED = "hiring-hall.saved";
const SEEN = "hiring-hall.seen";
const VISIT = "hiring-hall.visit";
const MOST = 2000;

export class Store {
  /**
   * @param {Storage | null} lasting null where the browser keeps nothing
   * @param {Storage | null} session
   * @param {string} scope tells sites on one host apart
   */
  constructor(lasting, session, scope) {
    this.lasting = lasting;
    this.session = session;
    this.scope = scope;
  }

  /** Whether there is a place to keep anything in: what could only be lost is not offered. */
  get isThere() {
    return this.lasting !== null;
  }

  /** @returns {Saved[]} the saved postings, the latest first */
  saved() {
    return listOf(this.#read(this.lasting, SAVED)).filter(isSaved);
  }

  /** @param {string} slug */
  isSaved(slug) {
    return this.saved().some((saved) => saved.slug === slug);
  }

  /**
   * Save a posting, or no longer; return whether it is saved now.
   * @param {Saved} posting
   * @returns {boolean}
   */
  toggle(posting) {
    const before = this.saved();
    const others = before.filter((saved) => saved.slug !== posting.slug);
    const wanted = others.length === before.length;
    const kept = this.#write(this.lasting, SAVED, wanted ? [posting, ...others].slice(0, MOST) : others);
    return kept ? wanted : !wanted;
  }

  /**
   * Keep of saved postings what holds now.
   * @param {ReadonlyMap<string, Partial<Saved>>} known by slug
   */
  renew(known) {
    this.#write(this.lasting, SAVED, this.saved().map((saved) => ({ ...saved, ...known.get(saved.slug) })));
  }

  /** @returns {Set<string>} the slugs of postings that were opened */
  seen() {
    return new Set(listOf(this.#read(this.lasting, SEEN)).filter((slug) => typeof slug === "string"));
  }

  /** @param {string} slug */
  see(slug) {
    this.#write(this.lasting, SEEN, [...new Set([slug, ...this.seen()])].slice(0, MOST));
  }

  /**
   * Follow postings whose slugs have changed.
   * @param {Readonly<Record<string, string>>} moved the present slugs by the former ones
   */
  move(moved) {
    const present = new Map(Object.entries(moved));
    const now = (/** @type {string} */ slug) => present.get(slug) ?? slug;
    const [saved, seen] = [this.saved(), [...this.seen()]];
    if (![...saved.map(({ slug }) => slug), ...seen].some((slug) => present.has(slug))) return;
    const renamed = saved.map((posting) => ({ ...posting, slug: now(posting.slug) }));
    const isFirst = (/** @type {Saved} */ { slug }, /** @type {number} */ place) => renamed.findIndex((other) => other.slug === slug) === place;
    this.#write(this.lasting, SAVED, renamed.filter(isFirst));
    this.#write(this.lasting, SEEN, [...new Set(seen.map(now))]);
  }

  /**
   * Return the mark that the visit before this one left; a visit lasts as long as the tab.
   * @returns {Mark | null} null on a first visit
   */
  lastVisit() {
    const before = this.#read(this.session, VISIT) ?? this.#read(this.lasting, VISIT);
    if (!isMark(before)) return null;
    this.#write(this.session, VISIT, before);
    return before;
  }

  /**
   * Leave a mark for the next visit; the mark never moves back.
   * @param {Mark} mark
   */
  visit(mark) {
    const before = this.#read(this.lasting, VISIT);
    if (!this.#read(this.session, VISIT)) this.#write(this.session, VISIT, mark);
    if (isMark(before) && before.day > mark.day) return;
    const known = isMark(before) && before.day === mark.day ? before.slugs : [];
    const slugs = mark.slugs && known ? [...new Set([...mark.slugs, ...known])].slice(0, MOST) : null;
    this.#write(this.lasting, VISIT, { day: mark.day, slugs });
  }

  /**
   * @param {Storage | null} storage
   * @param {string} key
   * @returns {unknown}
   */
  #read(storage, key) {
    try {
      return JSON.parse(storage?.getItem(`${key}${this.scope}`) ?? "null");
    } catch {
      return null;
    }
  }

  /**
   * @param {Storage | null} storage
   * @param {string} key
   * @param {unknown} value
   * @returns {boolean} false where the browser keeps nothing, or no more
   */
  #write(storage, key, value) {
    try {
      storage?.setItem(`${key}${this.scope}`, JSON.stringify(value));
      return storage !== null;
    } catch {
      return false;
    }
  }
}

/**
 * Say whether a posting entered the list after the visit that left the mark.
 * @param {Mark | null} mark
 * @param {string} slug
 * @param {string} added YYYY-MM-DD
 * @returns {boolean}
 */
export function isNew(mark, slug, added) {
  if (!mark) return false;
  return added > mark.day || (added === mark.day && mark.slugs?.includes(slug) === false);
}

/** @param {unknown} value @returns {unknown[]} */
function listOf(value) {
  return Array.isArray(value) ? value : [];
}

/** @param {any} value @returns {value is Mark} */
function isMark(value) {
  return typeof value?.day === "string" && (value.slugs === null || Array.isArray(value.slugs));
}

/** @param {any} value @returns {value is Saved} */
function isSaved(value) {
  const { slug, title, organization, place = "", pay = "", deadline, closes } = value ?? {};
  const texts = [slug, title, organization, place, pay, deadline];
  return texts.every((text) => typeof text === "string") && /^[a-z0-9-]+$/.test(slug) && Number.isFinite(closes);
}
