/**
 * What a text searched for asks for: the terms that postings must have, each also in other words for the same, what none
 * may have, and the words that say nothing beside these, as those of "jobs in Boston" besides the place.
 * Owns the words of the site's language and board that decide this; refuses to know which postings have them.
 */

import { isSought, wordsOf } from "./words.js";

/** @import { Stem } from "./inflection.js" */
/** @typedef {readonly string[]} Phrase words, folded; with a space behind those that have to be whole */
/** @typedef {readonly Phrase[]} Term what a posting may say, the reader's own words first */
/**
 * @typedef {object} Sought
 * @property {readonly Term[]} terms
 * @property {readonly Phrase[]} unwanted what no row may show: each of whole words, one or those of "-part-time"
 * @property {readonly string[]} filler folded
 */

// As in "organizer -senior", where a hyphen stands before a word and behind none; quotes may be those of phones. The last
// one is part of no word, and may still be missing.
const UNWANTED = /(?<!\S)[-\u2212](?:["\u201c\u201e][^"\u201c\u201d]*|[\p{L}\p{N}]\S*)/gu;
// As in "jobs in ME", which asks for Maine; "jobs near me" does not.
const CODE = /(?<![\p{L}\p{N}])\p{Lu}{2}(?![\p{L}\p{N}])/gu;

export class Vocabulary {
  /** @type {Map<string, Phrase[]>} phrases that mean the same as one, by its stems */
  #same = new Map();
  #longest = 1;

  /**
   * @param {Readonly<Record<string, string>>} strings the words of the language by which people search
   * @param {readonly (readonly string[])[]} synonyms phrases that mean the same on the board, besides those of the language
   * @param {Stem} number
   */
  constructor(strings, synonyms, number) {
    this.number = number;
    this.fillers = new Set(wordsOf(strings["fillers"] ?? ""));
    const ofLanguage = (strings["synonyms"] ?? "").split(",").map((group) => group.split("="));
    for (const group of [...ofLanguage, ...synonyms]) this.#learn(group.map((text) => this.#parted(wordsOf(text)).words));
  }

  /**
   * @param {string} text
   * @returns {Sought}
   */
  sought(text) {
    /** @type {Phrase[]} */
    const unwanted = [];
    const wanted = text.replace(UNWANTED, (token) => {
      unwanted.push(wordsOf(token).map((word) => `${word} `));
      return " ";
    });
    const codes = /\p{Ll}/u.test(wanted) ? wordsOf(wanted.match(CODE)?.join(" ") ?? "") : [];
    const { words, filler } = this.#parted(wordsOf(wanted), codes);
    // "jobs -senior" leaves out only what it says, and "jobs near me" nothing; but one word alone is looked for.
    const isIdle = unwanted.length + words.length > 1 && !words.some((word) => this.#says(word, codes));
    return { terms: isIdle ? [] : this.#termsOf(words), unwanted: unwanted.filter(({ length }) => length > 0), filler };
  }

  /**
   * Part words that say something from fillers, and from letters alone, which no text is found by, as in "driver's
   * license"; where there are no others, all of them count.
   * @param {readonly string[]} all
   * @param {readonly string[]} [codes] those of them that are no fillers
   */
  #parted(all, codes = []) {
    const words = all.filter((word) => this.#says(word, codes));
    return words.length > 0 ? { words, filler: all.filter((word) => !words.includes(word)) } : { words: all, filler: [] };
  }

  /**
   * @param {string} word
   * @param {readonly string[]} codes
   */
  #says(word, codes) {
    return codes.includes(word) || (!this.fillers.has(word) && isSought(word));
  }

  /** @param {readonly Phrase[]} group */
  #learn(group) {
    for (const phrase of group) {
      const key = this.#keyOf(phrase);
      // "rep" that stands for "representative" is no beginning of "report".
      const others = group.filter((other) => other !== phrase).map((other) => other.map((word) => `${word} `));
      this.#same.set(key, [...(this.#same.get(key) ?? []), ...others]);
      this.#longest = Math.max(this.#longest, phrase.length);
    }
  }

  /** @param {Phrase} phrase */
  #keyOf(phrase) {
    return phrase.map(this.number).join(" ");
  }

  /**
   * Join words to terms: as many as have others for the same, else one.
   * @param {readonly string[]} words
   * @returns {Term[]}
   */
  #termsOf(words) {
    const terms = [];
    for (let at = 0; at < words.length; ) {
      let own = words.slice(at, at + this.#longest);
      while (own.length > 1 && !this.#same.has(this.#keyOf(own))) own = own.slice(0, -1);
      terms.push([own, ...(this.#same.get(this.#keyOf(own)) ?? [])]);
      at += own.length;
    }
    return terms;
  }
}
