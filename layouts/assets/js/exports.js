/**
 * Saved postings as files for other programs: CSV for spreadsheets, iCalendar for calendars.
 * Owns the forms of these files; refuses to know where the postings come from.
 */

/**
 * Write a table as CSV (RFC 4180); no cell can act as a formula.
 * @param {readonly (readonly string[])[]} rows
 * @returns {string} with a mark that makes spreadsheets read it as UTF-8
 */
export function csv(rows) {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

/**
 * What a spreadsheet may take for a formula, also in full width and behind characters that it passes over, is
 * marked as in jobs.csv.
 * @param {string} text
 */
function cell(text) {
  const safe = /^(?:[\t\r\n]|[\u0000-\u0020\u007f\u0085\u00a0\u200b\u2028\u2029\u3000\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Join the events of calendar files in one calendar.
 * @param {readonly string[]} files
 * @returns {string | null} null where there is no event
 */
export function joinCalendars(files) {
  const events = files.flatMap((file) => file.match(/^BEGIN:VEVENT\r?\n[^]*?^END:VEVENT\r?$/gm) ?? []);
  if (events.length === 0) return null;
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hiring Hall//Saved postings//EN", ...events.map((event) => event.trimEnd())];
  return `${lines.join("\r\n")}\r\nEND:VCALENDAR\r\n`;
}
