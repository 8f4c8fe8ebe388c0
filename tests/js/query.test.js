import assert from "node:assert/strict";
import test from "node:test";

import { PERIODS, choose, emptyQuery, formatQuery, leavesOut, narrows, narrowsBy, parseAmount, parseQuery, prune, sortOf, withPresent } from "../../layouts/assets/js/query.js";

test("a query survives the way through the address", () => {
  const search = "?q=organizer&location=hartford-ct&location=remote&tag=policy&pay=stated&closing=7&min_pay=50000&per=year&sort=pay&page=3";
  const query = parseQuery(search, "open");
  assert.deepEqual(query.chosen, { location: ["hartford-ct", "remote"], tag: ["policy"], pay: ["stated"], closing: ["7"] });
  assert.equal(formatQuery(query, "open"), search);
});

test("values that were renamed are read as what they are called now", () => {
  const renamed = { "tag=legal": "law", "tag=labor-law": "law" };
  const read = (search) => parseQuery(withPresent(search, renamed), "open").chosen;
  assert.deepEqual(read("?tag=legal&tag=policy&location=legal"), { tag: ["law", "policy"], location: ["legal"] });
  assert.deepEqual(read("?tag=legal&tag=labor-law"), { tag: ["law"] });
  assert.equal(withPresent("?q=a%20b&tag=constructor", renamed), "?q=a%20b&tag=constructor");
});

for (const search of [
  "?location=a&arrangement=remote&type=full-time&organization=b&tag=c&pay=stated&closing=7",
  ...PERIODS.map((period) => `?min_pay=20&per=${period}`),
  "?state=closed",
  "?sort=closing",
  "?page=2",
]) {
  test(`the address ${search} is read as it was written`, () => assert.equal(formatQuery(parseQuery(search, "open"), "open"), search));
}

test("periods are those of pay, and a page of closed jobs has an address of its own for the open ones", () => {
  assert.deepEqual(PERIODS, ["hour", "day", "week", "month", "year"]);
  assert.equal(formatQuery(parseQuery("?state=open", "closed"), "closed"), "?state=open");
});

for (const [search, page] of [
  ["", 1],
  ["?page=", 1],
  ["?page=0", 1],
  ["?page=x", 1],
  ["?page=2.9", 2],
  ["?page=10", 10],
  ["?page=99999999", 1e6],
]) {
  test(`${search || "no parameter"} is page ${page}`, () => assert.equal(parseQuery(search, "open").page, page));
}

for (const [search, expected] of [
  ["?q=union", true],
  ["?tag=a", true],
  ["?min_pay=5", true],
  ["?state=closed&sort=pay&page=2", false],
]) {
  test(`${search} ${expected ? "leaves jobs out" : "shows all jobs there are"}`, () => assert.equal(narrows(parseQuery(search, "open")), expected));
}

test("a least pay leaves jobs out by their pay alone", () => {
  const query = parseQuery("?min_pay=5", "open");
  assert.deepEqual(["pay", "tag"].map((facet) => narrowsBy(query, facet)), [true, false]);
});

test("an empty query leaves the address bare, and defaults are not written", () => {
  assert.equal(formatQuery(emptyQuery("open"), "open"), "");
  assert.equal(formatQuery(parseQuery("?sort=newest&page=1&state=open&q=++", "open"), "open"), "");
  assert.equal(formatQuery(emptyQuery("closed"), "open"), "?state=closed");
});

test("what cannot be understood is left out", () => {
  const query = parseQuery("?location=../etc&tag=%3Cb%3E&page=-4&sort=size&min_pay=lots&state=ajar&utm_source=x", "open");
  assert.deepEqual(query, emptyQuery("open"));
});

test("as many values as anyone chooses one by one survive the way through the address", () => {
  const values = Array.from({ length: 120 }, (_, number) => `t${number}`);
  const query = values.reduce((chosen, value) => choose(chosen, "tag", value, true), emptyQuery("open"));
  assert.deepEqual(parseQuery(formatQuery(query, "open"), "open").chosen, { tag: values });
});

test("an amount keeps its cents, and is left out where its period is none that there is", () => {
  assert.deepEqual(parseQuery("?min_pay=20&per=fortnight", "open"), emptyQuery("open"));
  assert.equal(formatQuery(parseQuery("?min_pay=17.50&per=hour", "open"), "open"), "?min_pay=17.5&per=hour");
  assert.equal(formatQuery(parseQuery("?min_pay=20", "open"), "open"), "?min_pay=20&per=year");
});

test("a value given twice counts once, and endless lists and texts are cut", () => {
  const many = Array.from({ length: 800 }, (_, number) => `tag=t${number}`).join("&");
  assert.deepEqual(parseQuery("?tag=a&tag=a", "open").chosen, { tag: ["a"] });
  assert.equal(parseQuery(`?${many}`, "open").chosen.tag.length, 500);
  assert.equal(parseQuery(`?q=${"a".repeat(900)}`, "open").text.length, 200);
});

test("the order follows the text unless the reader chose one", () => {
  assert.equal(sortOf(parseQuery("", "open")), "newest");
  assert.equal(sortOf(parseQuery("?q=a", "open")), "best");
  assert.equal(sortOf(parseQuery("?q=a&sort=newest", "open")), "newest");
  assert.equal(sortOf(parseQuery("?sort=best", "open")), "newest");
  assert.equal(formatQuery(parseQuery("?q=a&sort=newest", "open"), "open"), "?q=a&sort=newest");
});

test("a text without a word asks for nothing", () => {
  for (const text of ["&", "😀", " … "]) {
    const query = parseQuery(`?q=${encodeURIComponent(text)}`, "open");
    assert.deepEqual([formatQuery(query, "open"), narrows(query), sortOf(query)], ["", false, "newest"], text);
  }
  assert.equal(formatQuery(parseQuery("?q=C%2B%2B", "open"), "open"), "?q=C%2B%2B");
  assert.equal(formatQuery(parseQuery("?q=+union+", "open"), "open"), "?q=union");
});

test("quotes ask for nothing: words are found wherever they stand", () => {
  for (const text of ['"field organizer"', "“field organizer”", "„field organizer“", "«field organizer»"]) {
    assert.equal(formatQuery(parseQuery(`?q=${encodeURIComponent(text)}`, "open"), "open"), "?q=field+organizer");
  }
});

test("quotes around what is not wanted are in the address: without them it would be another search", () => {
  for (const text of ['organizer -"part time"', "-“part time”", '−"part time']) {
    assert.equal(parseQuery(formatQuery({ ...parseQuery("", "open"), text }, "open"), "open").text, text);
  }
  assert.equal(formatQuery(parseQuery('?q=union+-"', "open"), "open"), "?q=union+-");
});

test("an order that is none without words is not in the address", () => {
  assert.equal(formatQuery(parseQuery("?sort=best", "open"), "open"), "");
});

test("choosing a value leads back to the first page, and changes nothing else", () => {
  const query = parseQuery("?q=x&type=b&tag=a&sort=pay&page=4", "open");
  assert.equal(choose(query, "tag", "b", true).page, 1);
  assert.equal(formatQuery(choose(query, "tag", "b", true), "open"), "?q=x&type=b&tag=a&tag=b&sort=pay");
  assert.equal(formatQuery(choose(query, "tag", "a", false), "open"), "?q=x&type=b&sort=pay");
});

test("values that do not exist are dropped", () => {
  const query = parseQuery("?tag=a&tag=gone&page=2", "open");
  assert.equal(formatQuery(prune(query, (facet, value) => facet === "tag" && value === "a"), "open"), "?tag=a&page=2");
});

for (const [search, expected] of [
  ["?tag=a&tag=&type=b&min_pay=&min_pay=5&utm_source=x", false],
  ["?tag=gone&min_pay=5", false],
  ["?tag=a&tag=%3Cb%3E", true],
  ["?location=../etc", true],
  ["?location=etc/..", true],
  ["?closing=30&pay=not-stated", false],
  ["?closing=9", true],
  ["?pay=maybe&pay=stated", true],
  ["?min_pay=lots", true],
  ["?min_pay=-5", true],
  ["?min_pay=20&per=fortnight", true],
  ["?per=fortnight", false],
  ["?state=ajar", true],
]) {
  test(`${search} ${expected ? "names a filter that cannot be understood" : "is understood"}`, () =>
    assert.equal(leavesOut(search, parseQuery(search, "open")), expected));
}

for (const [text, amount] of [
  ["50000", 50000],
  ["50,000", 50000],
  ["50.000", 50000],
  ["$50,000.00", 50000],
  ["52 000 €", 52000],
  ["CHF 52'000", 52000],
  ["52’000", 52000],
  ["50k", 50000],
  ["62.5k", 62500],
  ["22.75", 22.75],
  ["4 250,50 zł", 4250.5],
  ["٥٠٬٠٠٠", 50000],
  ["۱۲۰۰۰٫۵", 12000.5],
  ["￥３００，０００", 300000],
  ["30万円", 300000],
  ["22,75", 22.75],
  ["      1 ", 1],
  ["999,999,999", 999999999],
  ["1,000,000,000", null],
  ["", null],
  ["none", null],
  ["0", null],
  ["-5", null],
  ["$−5", null],
  ["999999999999", null],
]) {
  test(`the amount ${JSON.stringify(text)} is ${amount}`, () => assert.equal(parseAmount(text), amount));
}
