import { closestName } from './closestName.js';

/** A longer list is cut, because a model may have hundreds of classes. */
const MAX_LISTED = 50;

/**
 * What every error says about a name that is not known: `unknown recipe "bset" (did you mean "best"?); expected best, fast or small`.
 *
 * @param known the names, which may be similar
 * @param expected what is expected, if not one of these names, or where they are listed
 */
export function unknownName(
  what: string,
  name: string,
  known: readonly string[],
  expected = `expected ${listNames(known)}`,
): string {
  const near = closestName(name, known);
  const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
  return `unknown ${what} "${name}"${hint}; ${expected}`;
}

/** `a, b or c` */
export function listNames(names: readonly string[]): string {
  const listed =
    names.length <= MAX_LISTED
      ? names
      : [...names.slice(0, MAX_LISTED), `one of ${names.length - MAX_LISTED} more`];
  return listed.length < 2
    ? listed.join('')
    : `${listed.slice(0, -1).join(', ')} or ${listed[listed.length - 1]}`;
}
