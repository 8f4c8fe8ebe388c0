/**
 * The words of a text as they are searched, by the rule the build cuts words by.
 * Owns folding of case and accents; refuses to know what is searched.
 */

const WORD = /[\p{L}\p{N}_]+/gu;
// Most titles and names are plain, and plain words take a tenth of the time.
const PLAIN = /^[\0-\x7F]*$/;
const PLAIN_WORD = /[a-z0-9_]+/g;
const LONGEST = 24;
const PRINTED = /^[ -~]*$/;
// Whatever of ASCII is no part of a word, save single spaces and the ends of lines.
const BETWEEN = / *[\0-\t\v-\x1F!-/:-@[-^`{-\x7F][\0-\t\v-/:-@[-^`{-\x7F]*|  +/g;
const TOO_LONG = /\b(\w{24})\w+/g;

/**
 * Return a word in lower case and without accents.
 * @param {string} word
 * @returns {string}
 */
export function fold(word) {
  return word.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "ss");
}

/**
 * Return the folded words of a text in their order, each cut to the length that the index holds.
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  if (PLAIN.test(text)) return (text.toLowerCase().match(PLAIN_WORD) ?? []).map((word) => word.slice(0, LONGEST));
  const found = text.normalize("NFC").match(WORD) ?? [];
  return found.map((word) => fold(word).slice(0, LONGEST)).filter(Boolean);
}

/**
 * Return the folded words of many texts as one text with a line for each: a space before and after every word.
 * @param {readonly string[]} texts
 * @returns {{text: string, starts: Uint32Array}} where each line starts, and where the last one ends
 */
export function linesOf(texts) {
  const plain = texts.map((text) => (PRINTED.test(text) ? text : wordsOf(text).join(" ")));
  const lines = ` ${plain.join(" \n ")} \n`.toLowerCase();
  const text = lines.replace(BETWEEN, " ").replace(TOO_LONG, "$1");
  const starts = new Uint32Array(texts.length + 1);
  for (let line = 0; line < texts.length; line += 1) starts[line + 1] = text.indexOf("\n", starts[line]) + 1;
  return { text, starts };
}

/**
 * Find the first words of a text that begin with any of the folded prefixes.
 * @param {string} text
 * @param {readonly string[]} prefixes
 * @param {number} reach characters of context before
 * @param {number} reachAfter
 * @returns {{before: string, hit: string, after: string} | null}
 */
export function contextOf(text, prefixes, reach, reachAfter) {
  for (const match of text.matchAll(WORD)) {
    const folded = fold(match[0]);
    if (!prefixes.some((prefix) => folded.startsWith(prefix))) continue;
    const end = match.index + match[0].length;
    return { before: tail(text.slice(0, match.index), reach), hit: match[0], after: head(text.slice(end), reachAfter) };
  }
  return null;
}

/**
 * @param {string} text
 * @param {number} reach
 */
function tail(text, reach) {
  if (text.length <= reach) return text;
  const cut = text.slice(-reach);
  return `…${cut.slice(cut.search(/\s/) + 1)}`;
}

/**
 * @param {string} text
 * @param {number} reach
 */
function head(text, reach) {
  if (text.length <= reach) return text;
  const cut = text.slice(0, reach);
  const space = cut.search(/\s\S*$/);
  return `${space > 0 ? cut.slice(0, space) : cut}…`;
}
