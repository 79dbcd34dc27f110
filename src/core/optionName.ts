/**
 * How messages name an option or a setting that the caller can change. The command line replaces it by the flag (`nameFlags`); in programs, an
 * option has the same name.
 */
export function option(name: string): string {
  return `the option ${name}`;
}

/**
 * A message as the command line shows it.
 *
 * @param flagOf the flag of an option, such as `--image-size`; undefined if it has none
 */
export function nameFlags(message: string, flagOf: (name: string) => string | undefined): string {
  return message.replace(/\bthe option (\w+)/g, (words, name: string) => flagOf(name) ?? words);
}
