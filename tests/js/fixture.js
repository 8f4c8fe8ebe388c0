// A small collection in the form of search/open.json, for the tests of what reads it.
import { readFileSync } from "node:fs";

import { decode } from "../../layouts/assets/js/columns.js";

export const NOW = 1_768_928_400; // 2026-01-20T17:00Z
const DAY = 86_400;

/**
 * @typedef {{slug: string, title?: string, organization?: string, location?: string[], type?: string[], tag?: string[],
 *   pay?: [string, number, number, boolean], days?: number | null, added?: number}} Posting
 * `days` is when it closes, from NOW; null stands for no deadline.
 */

const told = (values) => {
  const keys = [];
  const kept = [];
  const rows = values.map((value) => {
    const key = JSON.stringify(value);
    if (!keys.includes(key)) {
      keys.push(key);
      kept.push(value);
    }
    return keys.indexOf(key);
  });
  return { values: kept, rows };
};

const facet = (postings, read) => {
  const slugs = [];
  const sets = told(
    postings.map((posting) =>
      read(posting).map((label) => {
        const slug = label.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
        if (!slugs.includes(slug)) slugs.push(slug);
        return slugs.indexOf(slug);
      }),
    ),
  );
  const labels = slugs.map((slug) => postings.flatMap(read).find((label) => label.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-") === slug));
  return { slugs, labels, sets };
};

const deltas = (values) => values.map((value, place) => value - (values[place - 1] ?? 0));

/** The words of a language by which people search, as its strings have them. */
export const searchWords = (language = "en") => {
  const written = readFileSync(new URL(`../../layouts/strings/${language}.yaml`, import.meta.url), "utf8");
  const [, section = ""] = /^search:\n((?:  .*\n)+)/m.exec(written) ?? [];
  const unfolded = section.replaceAll(/ >-((?:\n {4}.+)+)/g, (_, text) => text.replaceAll(/\n +/g, " "));
  return Object.fromEntries([...unfolded.matchAll(/^ +(\w+): (.+)$/gm)].map(([, key, text]) => [key, text]));
};

export const collection = (postings, { name = "open", language = "en", ...others } = {}) => decode(name, table(postings, others), language);

export function table(postings, { starts = [], versions = ["v1"], segments = [], synonyms = [], search = {} } = {}) {
  const facets = {
    location: facet(postings, ({ location = ["Hartford, CT"] }) => location),
    arrangement: facet(postings, () => ["Hybrid"]),
    type: facet(postings, ({ type = ["Not stated"] }) => type),
    organization: facet(postings, ({ organization = "Local 12" }) => [organization]),
    tag: facet(postings, ({ tag = ["Not stated"] }) => tag),
  };
  return {
    starts,
    versions,
    segments,
    periods: { hour: 2080, day: 260, week: 52, month: 12, year: 1 },
    slugs: postings.map(({ slug }) => slug),
    titles: told(postings.map(({ title = "Organizer" }) => title)),
    added: deltas(postings.map(({ added = 20_000 }) => added)),
    posted: [],
    closing: told(
      postings.map(({ days = 20 }) => (days === null ? ["", "", false, NOW + 60 * DAY, false, "", 0] : ["some day", "2026-02-09", false, NOW + days * DAY, true, "", 0])),
    ),
    pay: told(postings.map(({ pay = ["", 0, 0, false] }) => pay)),
    language: told(postings.map(() => "")),
    place: told(postings.map(({ location = ["Hartford, CT"] }) => location[0])),
    facets,
    search,
    synonyms,
  };
}
