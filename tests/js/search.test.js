import assert from "node:assert/strict";
import test from "node:test";

import { inflectionOf } from "../../layouts/assets/js/inflection.js";
import { isShown, score } from "../../layouts/assets/js/ranking.js";
import { Shards, firstFrom, shardsOf } from "../../layouts/assets/js/shards.js";
import { editsBetween, meantBy, nearest } from "../../layouts/assets/js/spelling.js";
import { Volume } from "../../layouts/assets/js/volume.js";
import { contextOf, linesOf, wordsOf } from "../../layouts/assets/js/words.js";
import { parseQuery } from "../../layouts/assets/js/query.js";
import { NOW, collection, searchWords, table } from "./fixture.js";

const POSTINGS = [
  { slug: "a", title: "Research Director" },
  { slug: "b", title: "Director of Research" },
  { slug: "c", title: "Organizer", organization: "Research Fund" },
  { slug: "d", title: "Organizer", tag: ["Research"] },
  { slug: "e", title: "Researcher" },
  { slug: "f", title: "Éducatrice", type: ["Research"] },
];
const LISTED = collection(POSTINGS);

const asTerms = (...words) => words.map((word) => [[word]]);
const ranked = (text, known = () => null, from = LISTED) => {
  const scores = score(from, asTerms(...wordsOf(text)), known);
  return POSTINGS.map(({ slug }, row) => [slug, scores[row]]).filter(([, points]) => points > 0).sort((one, other) => other[1] - one[1]).map(([slug]) => slug).join("");
};

test("a word typed letter by letter finds what it finds at once", () => {
  const postings = ["Organizer", "Oxgang cook", "Cook of the organs"].map((title, place) => ({ slug: `p${place}`, title }));
  const typed = collection(postings);
  for (const word of ["o", "or", "org", "orga", "organs"]) {
    assert.deepEqual(score(typed, asTerms(word), () => null), score(collection(postings), asTerms(word), () => null), word);
  }
});

test("a word that only the text of a job has is not shown in its row", () => {
  const postings = collection([{ slug: "a", title: "Welder" }, { slug: "b", title: "Cook" }]);
  assert.deepEqual([isShown(postings, "weld", 0), isShown(postings, "weld", 1)], [true, false]);
});

test("titles weigh more than organizations, these more than tags and types; whole words and first words more", () => {
  assert.equal(ranked("research"), "abecdf");
});

test("what is typed letter by letter is found as it is at once", () => {
  for (const text of ["research", "researcher", "director", "éducatrice", "rest", "local 12"]) {
    const typed = collection(POSTINGS);
    const found = [...text].map((_, end) => ranked(text.slice(0, end + 1), undefined, typed));
    assert.deepEqual(found, [...text].map((_, end) => ranked(text.slice(0, end + 1), undefined, collection(POSTINGS))), text);
  }
});

test("few letters that are a whole word, such as a state's, come before what they begin; alone and beside others", () => {
  const places = [{ slug: "a", title: "Manager" }, { slug: "b", title: "Cook", location: ["Boston, MA"] }, { slug: "c", title: "Staff Manager", location: ["Boston, MA"] }];
  const order = (text) => ranked(text, undefined, collection(places));
  assert.deepEqual(["m", "ma", "man", "manager ma"].map(order), ["acb", "bca", "ac", "ca"]);
});

test("of the longer words that a word begins, its forms come first, wherever in a title", () => {
  const titles = ["Internal Auditor", "Paid Internship", "Summer Interns", "Summer Intern", "Intern for Internal Audits"];
  const postings = titles.map((title, place) => ({ slug: "abcde"[place], title }));
  assert.equal(ranked("intern", undefined, collection(postings)), "edbca");
});

test("all words must match, each as a beginning", () => {
  assert.equal(ranked("rese dir"), "ab");
  assert.equal(ranked("research nothing"), "");
});

test("a job is found by each of its places", () => {
  const places = [["Remote"], ["Boston, MA", "Massachusetts"], ["Worcester, MA", "Massachusetts"]];
  const postings = collection(places.map((location, place) => ({ slug: "abc"[place], location })));
  assert.deepEqual(["boston", "worcester", "massachusetts"].map((text) => ranked(text, undefined, postings)), ["b", "c", "bc"]);
});

test("a word that a job need not have raises those that show it, by less than where another word stands", () => {
  const postings = [{ slug: "a", title: "Web Developer" }, { slug: "b", title: "Job Developer" }, { slug: "c", organization: "Jobs Now", tag: ["Developer"] }, { slug: "d", title: "Job Coach" }];
  const [web, job, now, coach] = score(collection(postings), asTerms("developer"), () => null, ["job"]);
  assert.ok(now > 0 && web > now && job > web && coach === 0);
  const [, begun] = score(collection(postings), asTerms("developer"), () => null, ["jo"]);
  assert.equal(begun, web);
});

test("a job that shows all words comes before a title with one of them whose text has the other", () => {
  const postings = [{ slug: "a", title: "Legal Director" }, { slug: "b", title: "Clerk", tag: ["Legal"], type: ["Remote"] }];
  const [titled, shown] = score(collection(postings), asTerms("remote", "legal"), (word) => Uint8Array.of(word === "remote" ? 1 : 0, 0));
  assert.ok(titled > 0 && shown > titled);
});

test("other forms of a word are found, behind the word itself wherever both stand in the same place", () => {
  assert.equal(ranked("researchers"), "eabcdf");
  assert.equal(ranked("researching directors"), "ab");
  assert.equal(ranked("organizing"), "cd");
  assert.equal(ranked("educatrices", undefined, collection(POSTINGS, { language: "es" })), "f");
  assert.equal(ranked("researchers", undefined, collection(POSTINGS, { language: "de" })), "");
});

test("in texts the word itself counts more than its singular", () => {
  const known = (word) => (word === "pensions" ? Uint8Array.from([2, 1, 0, 0, 0, 0]) : null);
  assert.equal(ranked("pensions", known), "ba");
});

test("accents and case make no difference", () => {
  assert.equal(ranked("EDUCATRICE"), "f");
  assert.equal(ranked("éduc"), "f");
});

test("words of the text count least, and mix with words of the title", () => {
  const known = (word) => (word === "pension" ? Uint8Array.from([1, 0, 0, 0, 1, 0]) : null);
  assert.equal(ranked("pension", known), "ae");
  assert.equal(ranked("pension research", known), "ae");
});

test("a word is looked up in the shards that may hold it", () => {
  const starts = ["ca", "com", "con", "d"];
  assert.deepEqual(shardsOf(starts, "co"), [1, 2, 3]);
  assert.deepEqual(shardsOf(starts, "community"), [2]);
  assert.deepEqual(shardsOf(starts, "a"), [0]);
  assert.deepEqual(shardsOf(starts, "zoo"), [4]);
  assert.deepEqual(shardsOf(starts, "d"), [4]);
  assert.deepEqual(shardsOf([], "x"), [0]);
});

test("the first place in a sorted list of words is found", () => {
  assert.deepEqual(["a", "b", "bb", "z"].map((word) => firstFrom(["b", "bb", "c"], word)), [0, 0, 1, 3]);
});

test("rows are found in every segment, and each shard is fetched once", async () => {
  const fetched = [];
  const tables = {
    "open/0-0.json?v=v1": { version: "v1", words: "alpha", places: [[0]] },
    "open/0-1.json?v=v1": { version: "v1", words: "pension pensions picnic", places: [[0], [1, 1], [0]] },
    "open/1-1.json?v=v2": { version: "v2", words: "pensioner", places: [[2]] },
    "open/1-0.json?v=v2": { version: "v2", words: "", places: [] },
  };
  const spread = collection(POSTINGS, { starts: ["pel"], versions: ["v1", "v2"], segments: [0, 1, 0, 0, 1, 1] });
  const shards = new Shards(spread, async (path) => {
    fetched.push(path);
    return tables[path];
  });
  assert.equal(shards.known("pens"), null);
  await shards.load(["pens", "a"]);
  assert.deepEqual([...(shards.known("pens") ?? [])], [1, 0, 1, 1, 0, 1]);
  await shards.load(["pens"]);
  // Words of shards that have come are known at once, those of others are not.
  assert.deepEqual([...(shards.known("pensions") ?? [])], [2, 0, 1, 1, 0, 0]);
  assert.deepEqual([...(shards.known("pensioner") ?? [])], [0, 0, 0, 0, 0, 1]);
  assert.deepEqual([shards.lacks("picnic"), shards.lacks("alpha"), shards.lacks("p")], [false, true, false]);
  assert.deepEqual([shards.known("x"), shards.known("税")?.length], [null, 6]); // a letter alone is not looked up, a sign is
  assert.deepEqual([shards.lacks("x"), shards.lacks("7")], [false, true]); // nor is a letter missing, but a figure is
  await shards.load(["picnic", "alpha"]);
  assert.deepEqual([...(shards.known("picnic") ?? [])], [1, 0, 0, 0, 0, 0]);
  assert.deepEqual([...(shards.known("pe") ?? [])], [1, 0, 1, 1, 0, 1]); // in two shards of each segment
  assert.deepEqual(fetched.sort(), Object.keys(tables).sort());
});

test("texts are found by singular and plural, in the shards that were fetched for the word", async () => {
  const fetched = [];
  const shards = new Shards(collection(POSTINGS, { starts: ["pol"] }), async (path) => {
    fetched.push(path);
    return { version: "v1", words: "police policies policy policyholder work", places: [[0], [1], [1, 1], [4], [0]] };
  });
  await shards.load(["policies", "workers"]);
  assert.deepEqual([...(shards.known("policies") ?? [])], [0, 1, 2, 0, 0, 0]);
  assert.deepEqual([...(shards.known("policy") ?? [])], [0, 1, 1, 0, 1, 0]);
  assert.deepEqual([...(shards.known("workers") ?? [])], [0, 0, 0, 0, 0, 0]);
  assert.equal(fetched.length, 1);
});

test("a shard of another build is refused, and asked for again", async () => {
  let version = "old";
  const shards = new Shards(LISTED, async () => ({ version, words: "a1", places: [[0]] }));
  await assert.rejects(shards.load(["a1"]), /another build/);
  version = "v1";
  await shards.load(["a1"]);
  assert.deepEqual([...(shards.known("a1") ?? [])], [1, 0, 0, 0, 0, 0]);
});

for (const [one, other, edits] of [
  ["organizer", "organizer", 0],
  ["organiser", "organizer", 1],
  ["labour", "labor", 1],
  ["hartfrod", "hartford", 1],
  ["conneticutt", "connecticut", 2],
  ["ab", "bc", 2],
  ["abc", "", 3],
  ["", "ab", 2],
]) {
  test(`"${one}" is ${edits} edits from "${other}"`, () => {
    assert.equal(editsBetween(one, other), edits);
    assert.equal(editsBetween(other, one), edits);
  });
}

for (const [word, found, why] of [
  ["labour", ["labor"], "a letter too many"],
  ["directer", ["director"], "a wrong letter"],
  ["reserchr", ["researcher"], "two slips in a long word"],
  ["fild", ["field"], "one slip in a short one"],
  ["researchr", ["researcher"], "the nearest alone"],
  ["researchrs", ["researches"], "the nearest alone, wherever it stands"],
  ["feidl", [], "two slips in a short one"],
  ["fun", [], "three letters are near to too much"],
  ["2027", [], "another year is no other spelling"],
  ["bakery", [], "nothing is near"],
  ["librarien", ["librarian"], "of two as near the one with the same consonants"],
  ["coleague", ["colleague"], "a letter that stands twice is none more"],
]) {
  test(`"${word}" gives ${JSON.stringify(found)}: ${why}`, () => {
    assert.deepEqual(nearest(word, "labor director researcher researches field fund 2026 libraries librarian colleague coleagul".split(" ")), found);
  });
}

for (const [word, found, why] of [
  ["parttime", ["part time"], "two words that some write as one"],
  ["1199seiu", ["1199 seiu"], "a figure and a name"],
  ["carepart", ["care part"], "two words, wherever they stand"],
  ["a1199", [], "a letter is no word"],
  ["seui", ["se ui", "seiu"], "two words, and what is spelled almost so"],
  ["bookkeeper", ["bookkeeping"], "a word with its root, as texts are searched for the word alone"],
]) {
  test(`"${word}" may mean ${JSON.stringify(found)}: ${why}`, () => {
    const known = new Set("part time 1199 seiu care se ui bookkeeping a".split(" "));
    assert.deepEqual(meantBy(word, known, inflectionOf("en").root), found);
  });
}

for (const [search, text, why] of [
  ["?q=Directer", "director", "a word of titles"],
  ["?q=pensoin", "pension", "a word of texts"],
  ["?q=Reserch+directer", "research director", "two words at once"],
  ["?q=pensionz", "pension", "of two as near the one that more have"],
  ["?q=researche+pensoins", "researche pensions", "what is there stays as it is"],
  ["?q=organizer+pensoins", "pensions", "the first, as no posting has both"],
  ["?q=organizre+educatrice", "educatrice", "what fewer have, wherever it stands"],
  ["?q=organizre+zebra", "organizer", "alone, as nothing is near to the other word"],
  ["?q=zebra+jobs+in+hartford", "hartford", "the rest, without what a job need not have"],
  ["?q=organizre&tag=policy", "", "what it is near to does not pass the other filters"],
  ["?q=organizer+research+director", "research director", "as many words as one posting has"],
  ["?q=researchdirector+pension", "research director pension", "two words that were written as one"],
  ["?q=zebra", "", "nothing is near"],
  ["?q=organizre+-research-fund", "organizer -research-fund", "without what was not wanted"],
  ["?q=organizre+-organizer", "", "nothing, where that is not wanted"],
]) {
  test(`instead of ${search}, "${text}" is offered: ${why}`, async () => {
    const shard = { version: "v1", words: "pension pensions", places: [[0], [4]] };
    const volume = new Volume("open", table(POSTINGS, { search: searchWords() }), async () => shard, "en");
    const query = parseQuery(search, "open");
    await volume.lookUp(query.text);
    assert.equal(await volume.instead(query, NOW), text);
  });
}

for (const [search, found, words, why, language = "en"] of [
  ["?q=research+jobs+in+Hartford", "abecdf", ["research", "hartford"], "every posting is a job, and may say so otherwise"],
  ["?q=director's+pension", "a", ["director", "pension"], "a letter alone is in no index of texts"],
  ["?q=research+of", "baecdf", ["research"], "a title that has such a word, too, comes first"],
  ["?q=of", "b", ["of"], "a word that is all there is is looked for"],
  ["?q=jobs+near+me", "abcdef", [], "but several such words ask for nothing"],
  ["?q=research+jobs+near+me", "abecdf", ["research"], "nor do they beside others"],
  ["?q=research+jobs+in+ME", "", ["research", "me"], "two capitals are the code of a state"],
  ["?q=JOBS+NEAR+ME", "abcdef", [], "but not where all are capitals"],
  ["?q=empleo+en+Hartford", "abcdef", ["hartford"], "Spanish has such words, too", "es"],
  ["?q=offres+d'emploi+Hartford", "abcdef", ["hartford"], "so has French", "fr"],
  ["?q=Stelle+Hartford", "", ["stelle", "hartford"], "of other languages they are not known", "de"],
  ["?q=local+7", "", ["local", "7"], "a figure tells employers apart"],
  ["?q=research+и", "abecdf", ["research"], "a letter alone is none in any script"],
  ["?q=research+-director", "ecdf", ["research"], "no word behind a hyphen is in a row"],
  ["?q=research+-12", "c", ["research"], "no figure behind a hyphen is, either"],
  ["?q=hybrid+stated", "", ["hybrid", "stated"], "what says that nothing is stated is no word of a posting"],
  ["?q=director+%E2%88%92pension", "ba", ["director"], "what is not wanted may be in a text, and phones write a minus"],
  ["?q=-organizer", "abef", [], "nothing else need be asked for"],
  ["?q=organizer+-research-fund", "d", ["organizer"], "of several words, a row has all"],
  ['?q=-"research+fund"+organizer', "d", ["organizer"], "in quotes, too"],
  ["?q=-%E2%80%9Cresearch+fund%E2%80%9D+organizer", "d", ["organizer"], "which phones write otherwise"],
  ["?q=-%E2%80%9Eresearch+fund%E2%80%9C+organizer", "d", ["organizer"], "and those of other languages, too"],
  ['?q=organizer+-"research+fund', "d", ["organizer"], "and which may not be closed yet"],
  ['?q=organizer+-"', "cd", ["organizer"], "nor hold anything yet"],
  ["?q=jobs+-organizer", "abef", [], "words that say nothing ask for nothing"],
  ["?q=research+-direct", "abecdf", ["research"], "a word that is still being typed leaves out nothing"],
  ["?q=research+-+director", "ab", ["research", "director"], "a dash between words is none of these"],
  ["?q=research-director", "ab", ["research", "director"], "nor is a hyphen within one"],
]) {
  test(`${search} finds "${found}": ${why}`, async () => {
    const shard = { version: "v1", words: "pension", places: [[0]] };
    const volume = new Volume("open", table(POSTINGS, { search: language === "de" ? {} : searchWords(language) }), async () => shard, language);
    const query = parseQuery(search, "open");
    await volume.lookUp(query.text);
    const result = volume.result(query, NOW);
    assert.deepEqual([...result.found.rows].map((row) => POSTINGS[row]?.slug).join(""), found);
    assert.deepEqual([result.terms, result.isPartial], [asTerms(...words), false]);
  });
}

for (const [search, found, hidden, why] of [
  ["?q=lawyer", "bac", [], "other words for the same come behind the reader's own, and these behind none in the text"],
  ["?q=lawyers", "bac", [], "whichever form they have"],
  ["?q=attorney+hartford", "acb", [], "and the other way round, beside others"],
  ["?q=rn", "ed", [], "two words stand for one"],
  ["?q=registered+nurses+hartford", "de", [], "one word stands for two, of which a posting needs both"],
  ["?q=nurse", "d", [], "but not for one of the two"],
  ["?q=representatives", "if", [], "a word that stands for another is no beginning of one"],
  ["?q=rep", "fig", [], "as it is where the reader wrote it; what it merely begins comes last"],
  ["?q=stewards", "h", ["stewards", "shop ", "delegate "], "in a text, too"],
  ["?q=reporter", "gah", [], "one word may have others in several ways"],
  ["?q=nyc", "c", [], "the language has some, too"],
  ["?q=head+of+staff", "f", [], "a phrase may have a word that says nothing"],
]) {
  test(`with synonyms, ${search} finds "${found}": ${why}`, async () => {
    const jobs = "Staff Attorney|Lawyer|Junior Attorney, New York|Registered Nurse|RN|Union Rep, Chief|Reporter|Cook|Field Representative|Registered Agent".split("|");
    const postings = jobs.map((title, place) => ({ slug: "abcdefghij"[place], title }));
    const synonyms = [["Attorney", "lawyer"], ["R.N.", "registered nurse"], ["rep", "representative"], ["steward", "shop delegate"], ["head of staff", "chief"], ["reporter", "cook"], ["reporter", "staff"]];
    const shard = { version: "v1", words: "delegates shop", places: [[7], [7]] };
    const volume = new Volume("open", table(postings, { search: searchWords(), synonyms }), async () => shard, "en");
    const query = parseQuery(search, "open");
    await volume.lookUp(query.text);
    const { found: { rows }, terms, isPartial } = volume.result(query, NOW);
    assert.deepEqual([[...rows].map((row) => postings[row]?.slug).join(""), isPartial], [found, false]);
    assert.deepEqual(volume.hidden(terms, rows[0]), hidden);
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

test("where filters alone leave nothing, no other words are looked for", async () => {
  const volume = new Volume("open", table(POSTINGS), assert.fail, "en");
  volume.result = assert.fail;
  assert.equal(await volume.instead(parseQuery("?tag=nothing", "open"), NOW), "");
});

test("a word that rows show is offered for what texts have of it, too", async () => {
  const shards = { "open/0-0.json?v=v1": "director", "open/0-1.json?v=v1": "pension" };
  const volume = new Volume("open", table(POSTINGS, { starts: ["l"] }), async (path) => ({ version: "v1", words: shards[path], places: [[4]] }), "en");
  await volume.lookUp("xirector pension");
  assert.equal(await volume.instead(parseQuery("?q=xirector+pension", "open"), NOW), "director pension");
});

test("a hit is shown with what stands around it, cut between words", () => {
  const text = `${"before ".repeat(20)}the Résumés of all ${"after ".repeat(20)}`;
  const found = contextOf(text, (word) => word.startsWith("resume"), 20, 20);
  assert.equal(found?.hit, "Résumés");
  assert.equal(found?.before, "…before before the ");
  assert.equal(found?.after, " of all after after…");
  assert.equal(contextOf("As an R.N. in Washington, D.C., for a year", (word) => word.startsWith("dc"), 20, 20)?.hit, "D.C");
  assert.equal(contextOf("A worker Co-op, in town", (word) => word.startsWith("coop"), 20, 20)?.hit, "Co-op");
  assert.equal(contextOf(text, (word) => word === "nothing", 20, 20), null);
  assert.deepEqual(contextOf("All the résumés, of all", (word) => word === "resumes", 8, 8), { before: "All the ", hit: "résumés", after: ", of all" });
});

for (const [text, search, hit, why] of [
  ["نبحث عن مُنَظِّمٍ للنَّقابة", "منظم", "مُنَظِّمٍ", "vowels that are written"],
  ["Un poste · chargé·e de mission", "chargée", "chargé·e", "a point within a word"],
  ["Zespół w Łodzi", "lodzi", "Łodzi", "a letter with a stroke"],
  ["打合せの後、団体交渉の経験がある方", "団体交渉", "団体交渉", "a word within a sentence without spaces"],
  ["IT担当を募集", "担当", "担当", "a word after one of another script"],
  ["節税の相談", "税", "税の", "a sign alone"],
  ["Die Gewerk\u00adschaft", "gewerkschaft", "Gewerk\u00adschaft", "a hyphen that stands where a line may end"],
  ["ශ්‍රම ක්‍රමය", "ක්රමය", "ක්‍රමය", "a sign that joins two letters"],
]) {
  test(`"${search}" is found in a text: ${why}`, () => {
    const fits = (word) => wordsOf(search).some((sought) => word.startsWith(sought));
    assert.equal(contextOf(text, fits, 20, 20)?.hit, hit);
  });
}

test("titles and names are cut into the words that whole texts are cut into", () => {
  const plain = ["Policy/Research Director (Remote)", "", "  Clerk -- II, A.F.L.-C.I.O.  ", "R.N., U.S. c.o-op", "?", "x_1 [new] `a` {b}~ ^c^", `${"w".repeat(30)}!`];
  const texts = [...plain, `Éducatrice – ${"é".repeat(30)}`, "Tab\there"];
  const { text, starts } = linesOf(texts);
  const lines = texts.map((_, line) => text.slice(starts[line], starts[line + 1]));
  assert.deepEqual(lines, texts.map((each) => `${["", ...wordsOf(each)].join(" ")} \n`));
});

test("a word in a script without spaces is found wherever it stands", () => {
  const titles = collection([{ slug: "a", title: "福岡の労働組合オルグ" }, { slug: "b", title: "組合員のための労働相談" }, { slug: "c", title: "IT担当" }]);
  const found = (text) => [...score(titles, asTerms(...wordsOf(text)), () => null)].map((points) => points > 0);
  assert.deepEqual(found("労働組合"), [true, false, false]);
  assert.deepEqual(found("組合"), [true, true, false]);
  assert.deepEqual(found("オルグ"), [true, false, false]);
  assert.deepEqual(found("担当"), [false, false, true]);
});
