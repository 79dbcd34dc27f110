import type { Command, CommanderError } from 'commander';
import { UsageError } from '../../core/errors.js';
import { unknownName } from '../../core/suggest.js';

/**
 * The error for an unknown command or option, in the form of all errors about unknown names; undefined for other errors.
 *
 * @param error of the parser
 * @param command the command that was parsed
 * @param commands the names of all commands
 */
export function namingError(
  { code, message }: CommanderError,
  command: Command,
  commands: readonly string[],
): UsageError | undefined {
  const [, word = ''] = /^error: unknown \w+ '(.*)'/s.exec(message) ?? [];
  const path = pathOf(command).join(' ');
  switch (code) {
    case 'commander.unknownCommand':
      return new UsageError(unknownName('command', word, commands));
    case 'commander.unknownOption': {
      const options = command.createHelp().visibleOptions(command);
      const known = options.flatMap(({ long }) => long ?? []);
      // The word may contain a value.
      const [name] = word.split('=');
      return new UsageError(unknownName('option', name, known, `"${path} --help" lists the options`));
    }
    default:
      return undefined;
  }
}

/** The words of a command, from the name of the program. */
function pathOf(command: Command): string[] {
  return [...(command.parent === null ? [] : pathOf(command.parent)), command.name()];
}
