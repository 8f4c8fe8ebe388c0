import assert from "node:assert/strict";
import test from "node:test";

import { payIn } from "../../layouts/assets/js/meaning.js";
import { collection, searchWords } from "./fixture.js";

for (const [text, minPay, per, rest = "", language = "en"] of [
  ["$60k", 60_000, "year"],
  ["60k", 60_000, "year"],
  ["60K+", 60_000, "year"],
  ["60000+", 60_000, "year"],
  ["60,000", 60_000, "year"],
  ["60000", 60_000, "year"],
  ["$52,500", 52_500, "year"],
  ["$30/hour", 30, "hour"],
  ["$30", 30, "hour"],
  ["30/hr", 30, "hour"],
  ["30 an hour", 30, "hour"],
  ["$30 hourly", 30, "hour"],
  ["$1,200 per week", 1200, "week"],
  ["5000 a month", 5000, "month"],
  ["$2.5k/month", 2500, "month"],
  ["62.5k", 62_500, "year"],
  ["organizer $60k", 60_000, "year", "organizer"],
  ["jobs over $60k", 60_000, "year"],
  ["organizer jobs over $60k", 60_000, "year", "organizer jobs"],
  ["at least 80000 a year, policy", 80_000, "year", "policy"],
  ["60-80k analyst", 60_000, "year", "analyst"],
  ["$60k–$80k", 60_000, "year"],
  ["$60,000 to $80,000 salary", 60_000, "year"],
  ["60k USD", 60_000, "year"],
  ["Local 12 organizer 60k", 60_000, "year", "Local 12 organizer"],
  ["$30/hour remote", 30, "hour", "remote"],
  ["$60k organizer", 60_000, "year", "organizer"],
  ["６０ｋ", 60_000, "year"],
  ["$15 la hora", 15, "hour", "", "es"],
  ["más de 30.000 al año", 30_000, "year", "", "es"],
  ["$500 a la semana", 500, "week", "", "es"],
  ["30 $ de l’heure", 30, "hour", "", "fr"],
  ["28,50$/h", 28.5, "hour", "", "fr"],
  ["taux horaire 25 $", 25, "hour", "", "fr"],
  ["conseiller à 45 000 $ par an", 45_000, "year", "conseiller à", "fr"],
  ["45\u202f000 $", 45_000, "year", "", "fr"],
  ["de 45 000 à 52 000 $", 45_000, "year", "", "fr"],
  ["45 000-52 000 $ par année", 45_000, "year", "", "fr"],
  ["salaire minimum 2 500 $ par mois", 2500, "month", "", "fr"],
  ["400 $/j", 400, "day", "", "fr"],
  ["comptable 50 000 dollars", 50_000, "year", "comptable", "fr"],
]) {
  test(`"${text}" means ${minPay} a ${per} at least, and asks for "${rest}"`, () => {
    const { vocabulary } = collection([], { language, search: searchWords(language) });
    assert.deepEqual(payIn(text, vocabulary, { sign: "$", code: "USD" }), { minPay, per, text: rest });
  });
}

for (const [text, words, why] of [
  ["emploi d’agent de recherche", "agent recherche", "research is what some jobs are about"],
  ["conseillère en relations de travail", "conseillere relations travail", "and so is work"],
  ["chargé de recrutement", "charge recrutement", "and finding people"],
]) {
  test(`"${text}" asks for "${words}" in French: ${why}`, () => {
    const { vocabulary } = collection([], { language: "fr", search: searchWords("fr") });
    assert.equal(vocabulary.sought(text).terms.map(([own]) => own.join(" ")).join(" "), words);
  });
}

test("what a man and a woman of a job are called in French has the same synonyms", () => {
  const { vocabulary } = collection([], { language: "fr", search: searchWords("fr") });
  for (const text of ["préposé aux bénéficiaires", "préposée aux bénéficiaires", "aide-soignant", "aide-soignante"]) {
    const [term = []] = vocabulary.sought(text).terms;
    assert.ok(term.some((phrase) => phrase.join("") === "pab "), text);
  }
});

for (const [text, why] of [
  ["organizer", "no figure"],
  ["local 1000", "a union's number"],
  ["1199seiu", "one, too"],
  ["401k", "a pension"],
  ["401(k)", "a pension"],
  ["501(c)(3)", "a law"],
  ["06103", "a place by its post"],
  ["2026", "a year"],
  ["100 250", "two of these"],
  ["35 hours a week", "time"],
  ["5 days", "time"],
  ["€60k", "a currency that the site does not compare"],
  ["$3000", "a week's, a month's or a year's pay"],
  ["$0", "nothing"],
  ["100%", "a share"],
]) {
  test(`"${text}" means no pay: ${why}`, () => {
    const { vocabulary } = collection([], { search: searchWords() });
    assert.equal(payIn(text, vocabulary, { sign: "$", code: "USD" }), null);
  });
}
