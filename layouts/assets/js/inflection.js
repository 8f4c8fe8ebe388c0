/**
 * Which words of a language are forms of one, as "nurses" of "nurse" and "organiser" of "organizer".
 * Owns these rules, for the languages that it has any of; refuses to know what is searched.
 *
 * Words with the same stem are forms of one. In whole texts only singular and plural, and British and American spelling,
 * are, by `number`: "worker" would find all texts that have "work". In titles and names, which a reader sees in each row,
 * `root` joins more.
 */

/** @typedef {(word: string) => string} Stem */
/** @typedef {{number: Stem, root: Stem}} Inflection */
/**
 * @typedef {object} Search
 * @property {string} beginning what all that is found begins with
 * @property {(other: string) => boolean} isForm
 * @property {(other: string) => boolean} fits whether it is found: a form, or what begins with the word
 */

/** @type {Stem} */
const asItIs = (word) => word;
/** @type {Readonly<Record<string, Inflection>>} */
const LANGUAGES = {
  en: { number: numberOfEnglish, root: (word) => rootOfEnglish(numberOfEnglish(word)) },
  es: { number: numberOfSpanish, root: (word) => numberOfSpanish(word).replace(/^(jef|.{4,})[aox]$/, "$1") },
  fr: { number: numberOfFrench, root: (word) => rootOfFrench(numberOfFrench(word)) },
};

/**
 * Return the rules of a language; where there are none, no word has another form.
 * @param {string} language BCP 47
 * @returns {Inflection}
 */
export function inflectionOf(language) {
  return LANGUAGES[language.split("-")[0] ?? ""] ?? { number: asItIs, root: asItIs };
}

/**
 * Return what finds a word: what begins with it, and its other forms; with a space behind it, the whole word and these.
 * @param {string} word folded
 * @param {Stem} stem
 * @returns {Search}
 */
export function searchFor(word, stem) {
  const own = stem(word.trimEnd());
  // What has a "y" in the singular has "ies" in the plural, a "z" in Spanish has "ces", "vote" is "voting", too, and
  // "women" have no letter of "woman" after the "m".
  const regular = own.replace(/^(.{2,})[ce]$|^(.{3,})y$|^(.{2,}m)an$/, "$1$2$3");
  // American spelling goes other ways after the "i" of "organiser", British after the "o" of "labor" and the "t" of "center".
  // French has "journaux" for "journal" and "directrice" for "directeur".
  const beginning = regular.replace(/^(.{4,}[iy])s.*$|^(.{3,}o)r.*$|^(.{3,}t)er$|^(.{2,}a)l$|^(.{3,})eur$/, "$1$2$3$4$5");
  const isForm = (/** @type {string} */ other) => stem(other) === own;
  return { beginning, isForm, fits: (other) => other.startsWith(word) || isForm(other) };
}

/** @param {string} word */
function numberOfEnglish(word) {
  return singular(inOneSpelling(word));
}

/**
 * "organizer" and "analyze" become "organiser" and "analyse": all write "supervise" and "supervisor" with an "s". "labour",
 * "centre" and "programme" become "labor", "center" and "program". Words as short as "prize" and "hour" are no such pairs.
 * @param {string} word
 */
function inOneSpelling(word) {
  const organised = word.replace(/^(.{4,}[iy])z/, "$1s").replace(/^(.{3,})our/, "$1or");
  return organised.replace(/^(.{3,}t)re(?=s?$)/, "$1er").replace(/^(.{5,}m)me(?=s?$)/, "$1");
}

/**
 * "policies" and "branches" become "policy" and "branch", "nurses" and "nurse" become "nurs": so "campuses" is a form
 * of "campus". "movies" and "movie" become "movy", "women" and "children" become "woman" and "child". "status", "press"
 * and "news" are no plurals.
 * @param {string} word
 */
function singular(word) {
  const regular = word.replace(/^(.{2,}m)en$/, "$1an").replace(/^(.*child)ren$/, "$1");
  const stripped = regular.replace(/^(.{3,})ies?$/, "$1y").replace(/^(.+(?:ch|sh|x))es$/, "$1");
  return stripped.replace(/^(?!news$)(.{2,}[^su])s$/, "$1").replace(/^(.{2,}s)e$/, "$1");
}

/**
 * What is done and who does it: "planning" and "planner" become "plan", "driving" and "driver" become "drive": a short
 * word without two consonants at its end has an "e", which a "plane" keeps. An "internship" is for an "intern". A
 * "director" is not "direct", though, nor is an "engineer" an "engine", an "officer" an "office" or a "counselor" a
 * "counsel".
 * @param {string} word
 */
function rootOfEnglish(word) {
  const held = word.replace(/^(apprentice|fellow|intern)ship$/, "$1").replace(/^counsel$/, "counsels");
  const short = held.replace(/^([^aeiou]*[aeiou][^aeiouwxy])(?:ing|er)$/, "$1e");
  const done = short.replace(/^(.{4,})ing$/, "$1").replace(/^(?!officer$)(.{3,}[^e])er$|^(.{3,}[^t]|.{2,}[^c]t)or$/, "$1$2");
  return done.replace(/^(?![^aeiou]*[aeiou][^aeious]e$)(.{4,}|.{2,}s)e$/, "$1").replace(/^(.{3,})([^aeiou])\2$/, "$1$2");
}

/**
 * "trabajadores" becomes "trabajador"; "docentes" and "docente" become "docent", "paises" and "pais" become "pai",
 * "jueces" and "juez" become "juec".
 * @param {string} word
 */
function numberOfSpanish(word) {
  return word.replace(/^(.{3,}?)(?:e?ses?|es?|s)$/, "$1").replace(/^(.{2,})z$/, "$1c");
}

/**
 * "syndicaux" becomes "syndical", "travaux" and "travail" become "traval", "bureaux" becomes "bureau", and "employes"
 * becomes "employe": the plurals of Snowball's French stemmer, and those in "-ois" besides, as "emplois".
 * @param {string} word
 */
function numberOfFrench(word) {
  const regular = word.replace(/^(.{3,}(?:[^aious]|oi))s$/, "$1").replace(/^(.{2,}[^e]a)(?:ux|il)$/, "$1l");
  return regular.replace(/^(.{2,}(?:ea|e|o)u)x$/, "$1");
}

/**
 * "infirmiere", "technicienne", "vendeuse", "directrice" and "deleguee" become what "infirmier", "technicien", "vendeur",
 * "directeur" and "delegue" do, and so do both in one, as "infirmier·ère", whose points are left out.
 * @param {string} word
 */
function rootOfFrench(word) {
  const alone = word.replace(/^(.{2,}eu?r)(?:t?rice|euse|ere)$/, "$1").replace(/^(.{2,}t)rice$|^(.{3,})euse$/, "$1$2eur");
  return alone.replace(/^(.{3,}?)e{1,2}$/, "$1").replace(/^(.{3,}([ln]))\2$/, "$1");
}
