/**
 * Where a long list is cut into pages: as the build cuts it, so that both show the same pages.
 * Owns the rule of `policies/pagination.py`; refuses to know what is listed.
 */

const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  return remainder;
});

/**
 * Return the CRC-32 of a text of ASCII, which slugs are.
 * @param {string} text
 */
export function checksum(text) {
  let sum = 0xffffffff;
  for (let place = 0; place < text.length; place += 1) sum = (REMAINDERS[(sum ^ text.charCodeAt(place)) & 0xff] ?? 0) ^ (sum >>> 8);
  return ~sum >>> 0;
}

/**
 * Return the places at which the pages of a list begin; there is one page at least.
 * @param {ArrayLike<number>} rows the postings of the list
 * @param {Uint32Array} checksums of the slug of every posting
 * @param {number} size the most postings on one page
 * @returns {number[]}
 */
export function pageStarts(rows, checksums, size) {
  const least = Math.max(1, Math.floor((size * 3) / 5));
  const starts = [0];
  for (let begin = 0; rows.length - begin > size; starts.push(begin)) {
    const end = begin + size;
    let [next, lowest] = [begin + least, Infinity];
    for (let place = next; place <= end; place += 1) {
      const found = checksums[rows[place] ?? 0] ?? 0;
      if (found < lowest) [next, lowest] = [place, found];
    }
    begin = next;
  }
  return starts;
}
