/**
 * The words of a text as they are searched, by the rule the build cuts words by.
 * Owns folding of case and accents; refuses to know what is searched.
 */

// What a text is cut by is told in `policies/words.py`, which has the same lists.
const SIGNS =
  /[\u00ad\u00b7\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u{e0100}-\u{e01ef}]/gu;
/** @type {Readonly<Record<string, string>>} */
const PLAINER = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ", ٱ: "ا", ى: "ي", ی: "ي", ک: "ك", ة: "ه" };
const LETTERS = /[ßæœøłđðþıςٱىیکة]/g;
const UNSPACED = String.raw`[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]`;
const STARTS_UNSPACED = new RegExp(`^${UNSPACED}`, "u");
const RUN = new RegExp(`${UNSPACED}+|(?:(?!${UNSPACED}).)+`, "gu");
const WORD = /[\p{L}\p{N}\p{M}_\u00ad\u00b7\u200d]+/gu;
// Words that are written with a hyphen by some and without one by others.
const APART = /(co)-(?=op)|(non)-(?=profit)|(bi|multi)-(?=lingual)/gi;
// The dots of "D.C." and "R.N.", which others leave out.
const INITIALS = /\b([a-z])\.(?=[a-z]\b)/gi;
// The figure before a name, as in "1199SEIU": others write it apart, or behind the name.
const FIGURE = /\b(\d\d+)(?=[a-z]{3})/gi;
const AS_WRITTEN = new RegExp(`\\b[a-z](?:\\.[a-z]\\b)+|(?:${APART.source})?${WORD.source}`, "giu");
// Most titles and names are plain, and plain words take a tenth of the time.
const PLAIN = /^[\0-\x7F]*$/;
const PLAIN_WORD = /[a-z0-9_]+/g;
const LONGEST = 24;
const PRINTED = /^[ -~]*$/;
// Whatever of ASCII is no part of a word, save single spaces and the ends of lines.
const BETWEEN = / *[\0-\t\v-\x1F!-/:-@[-^`{-\x7F][\0-\t\v-/:-@[-^`{-\x7F]*|  +/g;
const TOO_LONG = /\b(\w{24})\w+/g;

/**
 * Return a text in lower case and without accents.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  const decomposed = text.normalize("NFKD").toLowerCase();
  return decomposed.replace(SIGNS, "").replace(LETTERS, (letter) => PLAINER[letter] ?? letter).normalize("NFC");
}

/**
 * Return the folded words of a text in their order, each cut to the length that the index holds. Where a script has
 * no spaces between words, two signs that follow each other count as one, and so does a sign alone.
 * @param {string} written
 * @returns {string[]}
 */
export function wordsOf(written) {
  const text = joined(written);
  if (PLAIN.test(text)) return (text.toLowerCase().match(PLAIN_WORD) ?? []).map((word) => word.slice(0, LONGEST));
  const runs = (fold(text).match(WORD) ?? []).flatMap((word) => word.match(RUN) ?? []);
  return runs.flatMap((run) => (STARTS_UNSPACED.test(run) ? pairsOf([...run]) : [run.slice(0, LONGEST)]));
}

/** @param {string} text */
function joined(text) {
  return text.replace(INITIALS, "$1").replace(APART, "$1$2$3").replace(FIGURE, "$1 ");
}

/** @param {readonly string[]} signs of a script without spaces */
function pairsOf(signs) {
  return signs.length === 1 ? signs : signs.slice(1).map((sign, place) => `${signs[place]}${sign}`);
}

/**
 * Say whether a word can be looked up in texts: one letter would need most of the index, one figure does not.
 * @param {string} word folded
 */
export function isSought(word) {
  return word.length > 1 || /\p{N}/u.test(word) || STARTS_UNSPACED.test(word);
}

/**
 * Return the folded words of many texts as one text with a line for each: a space before and after every word.
 * @param {readonly string[]} texts
 * @returns {{text: string, starts: Uint32Array}} where each line starts, and where the last one ends
 */
export function linesOf(texts) {
  const plain = texts.map((text) => (PRINTED.test(text) ? text : wordsOf(text).join(" ")));
  const lines = ` ${plain.join(" \n ")} \n`.toLowerCase();
  const text = joined(lines).replace(BETWEEN, " ").replace(TOO_LONG, "$1");
  const starts = new Uint32Array(texts.length + 1);
  for (let line = 0; line < texts.length; line += 1) starts[line + 1] = text.indexOf("\n", starts[line]) + 1;
  return { text, starts };
}

/**
 * Find the first word of a text that is one of those looked for.
 * @param {string} text
 * @param {(word: string) => boolean} fits says so of a folded word
 * @param {number} reach characters of context before
 * @param {number} reachAfter
 * @returns {{before: string, hit: string, after: string} | null}
 */
export function contextOf(text, fits, reach, reachAfter) {
  const starts = (/** @type {string} */ piece) => fits(fold(joined(piece)));
  for (const { 0: word, index } of text.matchAll(AS_WRITTEN)) {
    for (const run of word.matchAll(RUN)) {
      const [from, end] = placeIn(run[0], starts).map((place) => index + run.index + place);
      if (from === end) continue;
      return { before: tail(text.slice(0, from), reach), hit: text.slice(from, end), after: head(text.slice(end), reachAfter) };
    }
  }
  return null;
}

/**
 * Return where in a run of letters the first that is looked for begins and ends; at one place where it is not there.
 * @param {string} run
 * @param {(piece: string) => boolean} starts
 * @returns {number[]}
 */
function placeIn(run, starts) {
  if (!STARTS_UNSPACED.test(run)) return [0, starts(run) ? run.length : 0];
  const isThere = (/** @type {number} */ place) => starts(run.slice(place, place + LONGEST));
  let from = 0;
  while (from < run.length && !isThere(from)) from += 1;
  let end = from;
  while (end < run.length && isThere(end)) end += 1;
  return [from, Math.min(end + 1, run.length)];
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
