import assert from "node:assert/strict";
import test from "node:test";

import { inflectionOf, searchFor } from "../../layouts/assets/js/inflection.js";

for (const [language, forms] of [
  ["en-US", "nurse nurses"],
  ["en", "policy policies"],
  ["en", "branch branches"],
  ["en", "business businesses"],
  ["en", "attorney attorneys"],
  ["en", "bus buses"],
  ["en", "campus campuses"],
  ["en", "case cases"],
  ["es", "enfermera enfermeras"],
  ["es", "trabajador trabajadores"],
  ["es-MX", "docente docentes"],
  ["es", "negociacion negociaciones"],
  ["es", "juez jueces"],
  ["es", "enlace enlaces"],
  ["es", "autobus autobuses"],
  ["es", "pais paises"],
  ["es", "clase clases"],
]) {
  test(`${forms}: one word in titles and in texts`, () => {
    const { number, root } = inflectionOf(language);
    for (const stem of [number, root]) assert.equal(new Set(forms.split(" ").map(stem)).size, 1);
  });
}

for (const [language, forms] of [
  ["en", "organize organizes organizer organizers organizing"],
  ["en", "research researcher researchers researching"],
  ["en", "nurse nurses nursing"],
  ["en", "plan planner planners planning"],
  ["en", "vote voter voters voting"],
  ["en", "care carer carers caring"],
  ["en", "house houses housing"],
  ["en", "staff staffing"],
  ["en", "coordinator coordinators coordinate coordinating"],
  ["en", "lobby lobbying"],
  ["es", "organizador organizadora organizadores organizadoras"],
  ["es", "abogado abogada abogados abogadas"],
]) {
  test(`${forms}: one word in titles, and several in texts`, () => {
    const { number, root } = inflectionOf(language);
    assert.equal(new Set(forms.split(" ").map(root)).size, 1);
    assert.notEqual(new Set(forms.split(" ").map(number)).size, 1);
  });
}

for (const [language, words] of [
  ["en", "policy police"],
  ["en", "news new"],
  ["en", "director direct"],
  ["en", "career care car"],
  ["en", "power tower"],
  ["en", "use us"],
  ["en", "engineer engine"],
  ["en", "officer office"],
  ["en", "organizer organization organ"],
  ["en", "unit united"],
  ["en", "status statu"],
  ["en", "senior senate"],
  ["en", "gas ga"],
  ["es", "casa caso"],
  ["fr", "infirmier infirmiers"],
]) {
  test(`${words}: as many words, in ${language}`, () => {
    const { number, root } = inflectionOf(language);
    const all = words.split(" ");
    for (const stem of [number, root]) assert.equal(new Set(all.map(stem)).size, all.length);
  });
}

test("a word is searched where all its forms are, and found by its beginning as before", () => {
  const { number } = inflectionOf("en");
  const { beginning, fits } = searchFor("policies", number);
  assert.equal(beginning, "polic");
  assert.deepEqual(["policy", "policies", "police", "policing"].filter(fits), ["policy", "policies"]);
  for (const [lang, word, form] of [["es", "juez", "jueces"], ["es", "jueces", "juez"], ["en", "buses", "bus"]]) {
    const search = searchFor(word, inflectionOf(lang).number);
    for (const each of [word, form]) assert.ok(each.startsWith(search.beginning) && search.fits(each), `${word} finds ${each}`);
  }
  const { fits: begins } = searchFor("polic", number);
  assert.deepEqual(["policy", "police"].filter(begins), ["policy", "police"]);
});
