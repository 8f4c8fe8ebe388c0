import assert from "node:assert/strict";
import test from "node:test";

import { inflectionOf, searchFor } from "../../layouts/assets/js/inflection.js";

const finds = (word, other, stem) => {
  const { beginning, fits } = searchFor(word, stem);
  return other.startsWith(beginning) && fits(other);
};
const findEachOther = (words, stem) => words.every((word) => words.every((other) => finds(word, other, stem)));

for (const [language, forms] of [
  ["en-US", "nurse nurses"],
  ["en", "policy policies"],
  ["en", "branch branches"],
  ["en", "wash washes"],
  ["en", "taxi taxis"],
  ["en", "city cities"],
  ["en", "job jobs"],
  ["en", "tax taxes"],
  ["en", "business businesses"],
  ["en", "attorney attorneys"],
  ["en", "bus buses"],
  ["en", "campus campuses"],
  ["en", "case cases"],
  ["en", "movie movies"],
  ["en", "foreman foremen"],
  ["en", "woman women"],
  ["en", "child children"],
  ["en", "grandchild grandchildren"],
  ["en", "organizer organizers organiser organisers"],
  ["en", "organize organizes organise organises"],
  ["en", "organization organizations organisation organisations"],
  ["en", "organizational organisational"],
  ["en", "analyze analyzes analyse analyses"],
  ["en", "labor labour"],
  ["en", "neighborhood neighborhoods neighbourhood neighbourhoods"],
  ["en", "center centers centre centres"],
  ["en", "program programs programme programmes"],
  ["es", "enfermera enfermeras"],
  ["es", "trabajador trabajadores"],
  ["es-MX", "docente docentes"],
  ["es", "negociacion negociaciones"],
  ["es", "juez jueces"],
  ["es", "voz voces"],
  ["es", "enlace enlaces"],
  ["es", "autobus autobuses"],
  ["es", "pais paises"],
  ["es", "clase clases"],
  ["es", "mes meses"],
  ["fr", "infirmiere infirmieres"],
  ["fr-CA", "employe employes"],
  ["fr", "syndical syndicaux"],
  ["fr", "travail travaux"],
  ["fr", "bureau bureaux"],
  ["fr", "lieu lieux"],
  ["fr", "emploi emplois"],
  ["fr", "detail details"],
]) {
  test(`${forms}: one word in titles and in texts`, () => {
    const { number, root } = inflectionOf(language);
    for (const stem of [number, root]) assert.ok(findEachOther(forms.split(" "), stem));
  });
}

for (const [language, forms] of [
  ["en", "organize organizes organizer organizers organizing organise organises organiser organisers organising"],
  ["en", "supervise supervises supervisor supervisors supervising"],
  ["en", "work works worker workers working"],
  ["en", "research researcher researchers researching"],
  ["en", "nurse nurses nursing"],
  ["en", "plan planner planners planning"],
  ["en", "vote voter voters voting"],
  ["en", "care carer carers caring"],
  ["en", "house houses housing"],
  ["en", "staff staffing"],
  ["en", "drive driver drivers driving"],
  ["en", "use uses user users using"],
  ["en", "write writer writers writing"],
  ["en", "trade trader traders trading"],
  ["en", "close closes closing"],
  ["en", "rise rises rising"],
  ["en", "sail sailor sailors sailing"],
  ["en", "edit editor editors editing"],
  ["en", "coordinator coordinators coordinate coordinating"],
  ["en", "lobby lobbying"],
  ["en", "intern interns internship internships"],
  ["en", "fellow fellows fellowship fellowships"],
  ["en", "apprentice apprentices apprenticeship apprenticeships"],
  ["es", "organizador organizadora organizadores organizadoras"],
  ["es", "abogado abogada abogados abogadas"],
  ["es", "socio socia socios socias"],
  ["es", "jefe jefa jefes jefas"],
  ["es", "trabajador trabajadora trabajadorx trabajadorxs"],
  ["fr", "infirmier infirmiere infirmiers infirmieres infirmierere"],
  ["fr", "conseiller conseillere conseillers conseilleres"],
  ["fr", "directeur directrice directeurs directrices directeurrice directeurtrice"],
  ["fr", "vendeur vendeuse vendeurs vendeuses vendeureuse"],
  ["fr", "technicien technicienne techniciens techniciennes"],
  ["fr", "professionnel professionnelle professionnels professionnelles"],
  ["fr", "delegue deleguee delegues deleguees"],
  ["fr", "adjoint adjointe adjoints adjointes"],
  ["fr", "francais francaise francaises"],
]) {
  test(`${forms}: one word in titles, and several in texts`, () => {
    const { number, root } = inflectionOf(language);
    assert.ok(findEachOther(forms.split(" "), root));
    assert.ok(!findEachOther(forms.split(" "), number));
  });
}

for (const [language, words] of [
  ["en", "policy police"],
  ["en", "news new"],
  ["en", "director direct"],
  ["en", "career care car"],
  ["en", "power tower"],
  ["en", "sewer sewing"],
  ["en", "use us"],
  ["en", "plane planning"],
  ["en", "scraping scrapping"],
  ["en", "childcare children"],
  ["en", "engineer engine"],
  ["en", "officer office"],
  ["en", "counselor counsel"],
  ["en", "organizer organization organ"],
  ["en", "unit united"],
  ["en", "status statu"],
  ["en", "senior senate"],
  ["en", "gas ga"],
  ["en", "tour tor"],
  ["en", "rise rize"],
  ["es", "casa caso"],
  ["de", "kraft krafts"],
  ["fr", "delegue delegation"],
  ["fr", "bureau bureautique"],
  ["fr", "conseiller conseil"],
  ["fr", "directeur direct"],
  ["fr", "email emaux"],
]) {
  test(`${words}: as many words, in ${language}`, () => {
    const { number, root } = inflectionOf(language);
    const all = words.split(" ");
    for (const stem of [number, root]) assert.equal(new Set(all.map(stem)).size, all.length);
  });
}

// Each has letters in its middle that are an ending elsewhere.
for (const word of "washington international editorial orchestra biodiesel workshop management committee playground specimen documents broker gallery proper journal resource premises supervisor enterprise tourism premiere waitress programmer".split(" ")) {
  test(`"${word}" is found by all of it and by its beginnings`, () => {
    const { number, root } = inflectionOf("en");
    for (const stem of [number, root]) {
      for (let end = 2; end <= word.length; end += 1) assert.ok(finds(word.slice(0, end), word, stem), word.slice(0, end));
    }
  });
}

test("a word is searched where all its forms are, and found by its beginning as before", () => {
  const { number } = inflectionOf("en");
  const { beginning, fits } = searchFor("policies", number);
  assert.equal(beginning, "polic");
  assert.deepEqual(["policy", "policies", "police", "policing"].filter(fits), ["policy", "policies"]);
  const { fits: begins } = searchFor("polic", number);
  assert.deepEqual(["policy", "police"].filter(begins), ["policy", "police"]);
});
