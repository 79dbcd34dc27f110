/** The name of a file or folder on every system: letters and digits of any script, `_`, and, except at the start, `-` and `.`. */
export const FILE_NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]*$/u;

/** Leaves room for a number and an extension in the 255 bytes that file systems allow. */
const MAX_BYTES = 200;

/** Windows gives these names, with any extension, to devices. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The name of a file or folder that is made from a text: other characters are replaced by `-`, and long names cut off. */
export function fileNameFrom(text: string): string {
  const allowed = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '-')
    .replace(/^[\p{M}.-]+/u, '');
  const name = RESERVED.test(allowed) ? `_${allowed}` : allowed;
  return cutOff(name) || '_';
}

/** The first characters of a text that take at most `MAX_BYTES` in UTF-8. */
function cutOff(text: string): string {
  let [kept, bytes] = ['', 0];
  for (const character of text) {
    bytes += new TextEncoder().encode(character).length;
    if (bytes > MAX_BYTES) break;
    kept += character;
  }
  return kept;
}
