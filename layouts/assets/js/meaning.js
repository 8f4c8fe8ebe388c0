/**
 * The pay that a search means: "$60k" and "60000+" mean that a year, "organizer 30 an hour" asks for organizers besides.
 * Owns how people write pay among other words; refuses to know what is done with it. Fetched for a search with a figure.
 */

import { PERIODS, parseAmount } from "./query.js";
import { wordsOf } from "./words.js";

/** @import { Vocabulary } from "./terms.js" */
/** @typedef {{minPay: number, per: string}} Pay */

// A figure or a range, and behind it maybe the period: "$30/hr", "60-80k", "30 an hour", "18 € de l'heure", "45 000 $".
const AMOUNT =
  /(?<![\p{L}\p{N}.,])(?<sign>\p{Sc}?)\s?(?<figure>\d{1,3}(?:\s\d{3})+(?!\d)|\d(?:[\d.,]*\d)?)\s?(?<k>k?)(?:\s?[-–—]\s?\p{Sc}?\s?\d(?:\d{0,2}(?:\s\d{3})+|[\d.,]*)(?<k2>k?))?(?![\p{L}\p{N}])\s?(?<sign2>\p{Sc}?)(?<more>\+?)(?<period>(?<joint>\s*(?:\/\s*|(?:\p{L}{1,3}[\s'’]){1,2})?)(?<unit>\p{L}+))?/giu;
// What a year's work pays, so that neither "401k" nor "Local 1199" is pay; and below which figure pay is by the hour.
const LEAST = 10_000;
const MOST = 400_000;
const HOURLY = 200;

/**
 * Return the least pay that a search asks for, and the text without it.
 * @param {string} text
 * @param {Vocabulary} vocabulary
 * @param {{sign: string, code: string}} currency in which pay can be asked for
 * @returns {(Pay & {text: string}) | null}
 */
export function payIn(text, vocabulary, { sign, code }) {
  const said = new Set([...vocabulary.listed("pay"), ...wordsOf(code)]);
  /** @type {Pay[]} */
  const found = [];
  const others = text.normalize("NFKC").replace(AMOUNT, (whole, ...parts) => {
    const groups = parts.at(-1);
    const per = periodOf(groups, vocabulary);
    const pay = payOf(groups, per, sign);
    if (!pay) return whole;
    found.push(pay);
    return per ? " " : ` ${groups.period ?? ""}`;
  });
  const [first] = found;
  const rest = others.split(/\s+/).filter((token) => wordsOf(token).some((word) => !said.has(word))).join(" ");
  return first ? { ...first, text: vocabulary.saysNothing(rest) ? "" : rest } : null;
}

/**
 * @param {Record<string, string | undefined>} groups of an amount
 * @param {Vocabulary} vocabulary
 * @returns {string | undefined} no figure alone has a period: "35 hours" are no pay
 */
function periodOf({ sign, sign2, joint, unit = "" }, vocabulary) {
  if (!sign && !sign2 && !joint?.trim()) return undefined;
  const [word = ""] = wordsOf(unit);
  return PERIODS.find((period) => vocabulary.listed(`per.${period}`).has(word));
}

/**
 * @param {Record<string, string | undefined>} groups of an amount
 * @param {string | undefined} stated the period that stands there
 * @param {string} ofSite the sign of the site's currency
 * @returns {Pay | null}
 */
function payOf({ sign, sign2, figure = "", k, k2, more }, stated, ofSite) {
  const signs = `${sign ?? ""}${sign2 ?? ""}`;
  const value = parseAmount(`${figure}${k}`) ?? 0;
  const minPay = k2 && value < 1000 ? value * 1000 : value;
  if ((signs && signs !== ofSite) || minPay === 0) return null;
  if (stated) return { minPay, per: stated };
  if (minPay < HOURLY) return signs ? { minPay, per: "hour" } : null;
  const isPay = signs || k || k2 || more || /[.,]/.test(figure) || minPay % 1000 === 0;
  return isPay && minPay >= LEAST && minPay <= MOST ? { minPay, per: "year" } : null;
}
