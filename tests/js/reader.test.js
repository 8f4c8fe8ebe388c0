import assert from "node:assert/strict";
import test from "node:test";

import { filtersOf } from "../../layouts/assets/js/chips.js";
import { csv, joinCalendars } from "../../layouts/assets/js/exports.js";
import { hasClosed, staleSince } from "../../layouts/assets/js/guards.js";
import { shownPages } from "../../layouts/assets/js/pager.js";
import { emptyQuery, parseQuery } from "../../layouts/assets/js/query.js";
import { Words, daysBetween, fetchSite } from "../../layouts/assets/js/site.js";
import { Store, isNew } from "../../layouts/assets/js/store.js";
import { followed } from "../../layouts/assets/js/subscribe.js";

class Memory {
  items = new Map();
  getItem = (key) => this.items.get(key) ?? null;
  setItem = (key, value) => void this.items.set(key, value);
}

const posting = (slug) => ({ slug, title: `Title ${slug}`, organization: "Local 12", deadline: "", closes: 0, dated: false });

test("a posting is saved, and no longer, latest first", () => {
  const store = new Store(new Memory(), null, "");
  assert.equal(store.toggle(posting("a")), true);
  assert.equal(store.toggle(posting("b")), true);
  assert.deepEqual(store.saved().map(({ slug }) => slug), ["b", "a"]);
  assert.deepEqual(["a", "b", "c"].map((slug) => store.isSaved(slug)), [true, true, false]);
  assert.equal(store.toggle(posting("b")), false);
  assert.deepEqual(["a", "b"].map((slug) => store.isSaved(slug)), [true, false]);
});

test("a posting that is renamed stays saved and seen, once", () => {
  const store = new Store(new Memory(), null, "");
  for (const slug of ["c", "old", "new", "older"]) store.toggle(posting(slug));
  for (const slug of ["old", "c"]) store.see(slug);
  store.move({ older: "newest", old: "new" });
  assert.deepEqual(store.saved().map(({ slug, title }) => [slug, title]), [["newest", "Title older"], ["new", "Title new"], ["c", "Title c"]]);
  assert.deepEqual([...store.seen()], ["c", "new"]);
});

test("a browser that keeps nothing is no error", () => {
  const full = { getItem: () => null, setItem: () => { throw new Error("full"); } };
  for (const storage of [null, full]) {
    const store = new Store(storage, storage, "");
    assert.equal(store.toggle(posting("a")), false);
    store.see("a");
    store.move({ a: "b" });
    store.visit({ day: "2026-01-01", slugs: [] });
    assert.deepEqual([store.saved(), [...store.seen()], store.lastVisit()], [[], [], null]);
  }
});

test("what others wrote under our keys is not trusted, and what we wrote there is found again", () => {
  const memory = new Memory();
  const wrong = [{ slug: "../x" }, { slug: "x/.." }, { title: ["a"] }, { organization: undefined }, { place: null }, { pay: 5 }, { deadline: {} }, { closes: "1" }];
  memory.setItem("hiring-hall.saved", JSON.stringify([...wrong.map((each) => ({ ...posting("a"), ...each })), 7, null, posting("a-1")]));
  const store = new Store(memory, null, "");
  assert.deepEqual(store.saved(), [posting("a-1")]);
  for (const [text, slugs] of [["{broken", []], ['["a",5]', ["a"]]]) {
    memory.setItem("hiring-hall.seen", text);
    assert.deepEqual([...store.seen()], slugs);
  }
  const mark = { day: "2026-01-10", slugs: ["a"] };
  for (const [kept, last] of [[{ ...mark, day: 5 }, null], [{ ...mark, slugs: 5 }, null], [mark, mark]]) {
    memory.setItem("hiring-hall.visit", JSON.stringify(kept));
    assert.deepEqual(store.lastVisit(), last);
  }
});

test("two sites on one host keep apart", () => {
  const memory = new Memory();
  new Store(memory, null, ":/one/").toggle(posting("a"));
  assert.deepEqual(new Store(memory, null, ":/two/").saved(), []);
});

test("new is what came after the last visit, on its last day too", () => {
  const mark = { day: "2026-01-10", slugs: ["known"] };
  assert.equal(isNew(mark, "x", "2026-01-11"), true);
  assert.equal(isNew(mark, "x", "2026-01-10"), true);
  assert.equal(isNew(mark, "known", "2026-01-10"), false);
  assert.equal(isNew(mark, "x", "2026-01-09"), false);
  assert.equal(isNew(null, "x", "2026-01-11"), false);
  const more = { day: "2026-01-10", slugs: null };
  assert.deepEqual(["2026-01-10", "2026-01-11"].map((day) => isNew(more, "x", day)), [false, true]);
});

test("a visit lasts as long as the tab, and its mark never moves back", () => {
  const lasting = new Memory();
  const firstTab = new Memory();
  const first = new Store(lasting, firstTab, "");
  assert.equal(first.lastVisit(), null);
  first.visit({ day: "2026-01-10", slugs: ["a"] });
  const tab = new Memory();
  const second = new Store(lasting, tab, "");
  assert.deepEqual(second.lastVisit(), { day: "2026-01-10", slugs: ["a"] });
  for (const slugs of [["b"], ["d"]]) second.visit({ day: "2026-01-12", slugs });
  second.visit({ day: "2026-01-11", slugs: ["c"] });
  assert.deepEqual(new Store(lasting, tab, "").lastVisit(), { day: "2026-01-10", slugs: ["a"] });
  const third = new Store(lasting, new Memory(), "");
  assert.deepEqual(third.lastVisit(), { day: "2026-01-12", slugs: ["d", "b"] });
  assert.deepEqual(new Store(lasting, firstTab, "").lastVisit(), { day: "2026-01-10", slugs: ["a"] });
  for (const slugs of [null, ["c"]]) third.visit({ day: "2026-01-12", slugs });
  assert.deepEqual(new Store(lasting, new Memory(), "").lastVisit(), { day: "2026-01-12", slugs: null });
});

test("no cell of a CSV file can act as a formula or leave its place", () => {
  assert.equal(
    csv([["a", "=1+1", "+1", "-1", "@x", "\uff1d1", " =1", "\tx"], ['say "hi"', "a,b", "a\nb", "", "ok"]]),
    `\uFEFFa,'=1+1,'+1,'-1,'@x,'\uff1d1,' =1,'\tx\r\n"say ""hi""","a,b","a\nb",,ok\r\n`,
  );
});

test("calendars are joined event by event", () => {
  const file = (uid) => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:${uid}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
  const joined = joinCalendars([file("a"), "", file("b")]);
  assert.equal(joined?.match(/BEGIN:VCALENDAR\r\n/g)?.length, 1);
  assert.deepEqual(joined?.match(/UID:./g), ["UID:a", "UID:b"]);
  assert.ok(joined?.endsWith("END:VEVENT\r\nEND:VCALENDAR\r\n"));
  assert.equal(joinCalendars([""]), null);
});

test("closed means that now is not before the instant it closes", () => {
  const at = Date.parse("2026-01-26T22:00:00Z");
  assert.equal(hasClosed("2026-01-26T22:00:00Z", at - 1), false);
  assert.equal(hasClosed("2026-01-26T22:00:00Z", at), true);
  assert.equal(hasClosed(null, at), false);
  assert.equal(hasClosed("soon", at), false);
});

test("a build is old after three days", () => {
  const now = Date.parse("2026-01-10T00:00:00Z");
  assert.equal(staleSince({ built: "2026-01-07T00:00:01Z" }, now), null);
  assert.equal(staleSince({ built: "2026-01-06T19:00:00-05:00" }, now), null);
  assert.ok(staleSince({ built: "2026-01-06T18:59:59-05:00" }, now));
  assert.deepEqual([staleSince(null, now), staleSince({ built: "x" }, now), staleSince({}, now)], [null, null, null]);
});

test("what a browser has kept from before an upgrade is read", async (context) => {
  context.mock.method(globalThis, "fetch", async () => Response.json({ language: "en", strings: {} }));
  const { moved, renamed } = await fetchSite("/");
  assert.deepEqual([moved, renamed], [{}, {}]);
});

test("words are filled in and counted in the site's language", () => {
  const words = new Words("es", { "n.one": "{count} empleo", "n.other": "{count} empleos", hello: "Hola, {name}: {other}" });
  assert.equal(words.plural("n", 1), "1 empleo");
  assert.equal(words.plural("n", 12_500), "12.500 empleos");
  assert.equal(words.plural("n", 1200), "1.200 empleos");
  assert.equal(words.money(3100, "EUR").replace("\u00a0", " "), "3.100 €");
  assert.equal(words.money(17.5, "EUR").replace("\u00a0", " "), "17,50 €");
  assert.equal(words.text("hello", { name: "$& {count}" }), "Hola, $& {count}: {other}");
  assert.equal(words.text("none"), "none");
  assert.equal(new Words("en", {}).day(20_464), "Jan 11, 2026");
  assert.deepEqual(["Local 10", "local 9", "Álava"].sort(new Words("en", {}).collator.compare), ["Álava", "local 9", "Local 10"]);
});

test("figures and dates have the digits and the calendar of the pages in every language", () => {
  for (const language of ["ar-EG", "ar-SA", "fa", "th", "ja", "mr"]) {
    const words = new Words(language, { "n.other": "{count}", "marks.first": "1" });
    const told = [words.plural("n", 120), words.money(3100, "EUR"), words.day(20_464), words.daysFromNow(-12), words.moment(new Date(0))];
    assert.deepEqual(told.join(" ").match(/(?![0-9])\p{Nd}/gu), null, language);
    assert.match(words.day(20_464), /2026/, language);
  }
});

test("the first of a month is written as the language does", () => {
  const words = new Words("fr", { "marks.first": "1er" });
  assert.deepEqual([words.day(20_513), words.day(20_523)], ["1er mars 2026", "11 mars 2026"]);
  assert.match(words.moment(new Date(2026, 2, 1, 14)), /1er mars/);
});

test("days are counted by the reader's midnights", (context) => {
  const { TZ } = process.env;
  process.env.TZ = "America/New_York";
  context.after(() => void (TZ === undefined ? delete process.env.TZ : (process.env.TZ = TZ)));
  assert.equal(daysBetween(Date.parse("2026-01-20T17:00:00Z"), Date.parse("2026-01-26T22:00:00Z")), 6);
  assert.equal(daysBetween(Date.parse("2026-01-21T04:30:00Z"), Date.parse("2026-01-21T05:30:00Z")), 1);
  assert.equal(daysBetween(Date.parse("2026-03-07T17:00:00Z"), Date.parse("2026-03-09T03:00:00Z")), 1);
  assert.equal(new Words("es", {}).daysFromNow(1), "mañana");
});

test("a long result names its ends and the pages around the one shown", () => {
  assert.deepEqual(shownPages(6, 12), [1, 4, 5, 6, 7, 8, 12]);
  assert.deepEqual(shownPages(1, 4), [1, 2, 3, 4]);
  assert.deepEqual(shownPages(2, 2), [1, 2]);
});

test("the nearest feeds are those of the terms chosen", () => {
  const site = { soonDays: 7, words: new Words("en", {}) };
  const asked = (chosen, more = {}) => followed({ ...emptyQuery("open"), chosen, ...more }, "open", site, (_, value) => value).map(({ folder }) => folder);
  assert.deepEqual(asked({}), []);
  assert.deepEqual(asked({ tag: ["legal", "not-stated"], type: ["not-stated"] }), ["types/not-stated/", "tags/legal/"]);
  assert.deepEqual(asked({ closing: ["7"] }), ["closing-soon/"]);
  assert.deepEqual(asked({ closing: ["7", "not-stated"], pay: ["stated"] }), []);
  assert.equal(asked({ location: ["a", "b", "c", "d", "e", "f"] }).length, 5);
  assert.deepEqual(asked({ tag: ["legal"] }, { state: "closed" }), ["archive/"]);
  assert.deepEqual(followed(emptyQuery("open"), "closed", site, String).map(({ folder }) => folder), [""]);
});

test("each value, a least pay and another state than the page's own is a filter, and so is text", () => {
  const site = { currency: "USD", words: new Words("en", {}) };
  const count = (search, home) => filtersOf(parseQuery(search, home), home, site, (_, value) => value).length;
  const counts = { "": 0, "?q=organizer&sort=pay": 1, "?q=a&type=internship&type=contract": 3, "?pay=stated&min_pay=20&state=closed": 3 };
  for (const [search, expected] of Object.entries(counts)) assert.equal(count(search, "open"), expected);
  assert.equal(count("", "closed"), 0);
  const whole = parseQuery("?q=a&type=internship&min_pay=20&state=closed&page=3", "open");
  assert.deepEqual(filtersOf(whole, "open", site, (_, value) => value).map(({ without }) => without.page), [1, 1, 1, 1]);
});

test("values of two facets with the same name are told apart, and no others are", () => {
  const site = { words: new Words("fr", { "marks.colon": " : ", "script.facet.location": "Place", "script.facet.arrangement": "Arrangement" }) };
  const named = (chosen) => {
    const query = { ...emptyQuery("open"), chosen };
    const lists = [filtersOf(query, "open", site, (_, value) => value), followed(query, "open", site, (_, value) => value)];
    return lists.map((list) => list.map(({ label }) => label));
  };
  const told = ["Place : remote", "boston", "Arrangement : remote"];
  assert.deepEqual(named({ location: ["remote", "boston"], arrangement: ["remote"] }), [told, told]);
  assert.deepEqual(named({ location: ["remote", "boston"], arrangement: [] }), [["remote", "boston"], ["remote", "boston"]]);
});
