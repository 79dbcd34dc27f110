/**
 * Characters that act instead of being shown: control characters, which can move a terminal's cursor or change its title; controls
 * of the direction of text, which reorder what surrounds them; line separators; and lone surrogates. Source: Unicode Standard
 * Annex #9, section 2, for the direction of text.
 */
const ACTING = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** The same characters, except those that JSON text already escapes or that separate its lines. */
const ACTING_IN_JSON = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
};

/** Text with everything that acts on a terminal escaped, as in `\x1b[31m` and `\u202e`; the result is one line. */
export function visible(text: string): string {
  return text.replace(ACTING, (character) => {
    const code = character.charCodeAt(0);
    return (
      SHORT_ESCAPES[character] ??
      (code < 0x100 ? String.raw`\x${hex(code, 2)}` : String.raw`\u${hex(code, 4)}`)
    );
  });
}

/** JSON text that is safe to print on a terminal; its value is unchanged. */
export function visibleJson(value: object): string {
  const escape = (character: string) => String.raw`\u${hex(character.charCodeAt(0), 4)}`;
  return JSON.stringify(value, null, 2).replace(ACTING_IN_JSON, escape);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** Spreadsheets evaluate cells that begin with one of these. Source: OWASP, "CSV Injection". */
const FORMULA_START = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** A cell of a CSV file (RFC 4180). A spreadsheet shows text that begins like a formula, after an apostrophe, and does not evaluate it. */
export function csvCell(text: string): string {
  const isFormula = FORMULA_START.test(text) && !NUMBER.test(text);
  const harmless = isFormula ? `'${text}` : text;
  return isFormula || /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
