/** Writes docs/commands.md from the help of each command. Requires a build. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'docs/commands.md';

/** The help text of a command, formatted for 80 columns. */
const help = (...words) =>
  execFileSync(process.execPath, ['dist/bin/inkling.js', ...words, '--help'], { encoding: 'utf8' }).trimEnd();

/** The commands that the help of another one lists, or of the program. */
const commandsIn = (text) => {
  const [, list = ''] = text.split('\nCommands:\n');
  const names = [...list.matchAll(/^ {2}([a-z]+) .*/gm)].map(([, name]) => name);
  return new Set(names.filter((name) => name !== 'help' && name !== 'inkling'));
};

const sections = [...commandsIn(help())]
  .flatMap((name) => [[name], ...[...commandsIn(help(name))].map((subcommand) => [name, subcommand])])
  .map((words) => `## inkling ${words.join(' ')}\n\n\`\`\`text\n${help(...words)}\n\`\`\`\n`);
const introduction = readFileSync(FILE, 'utf8').split(/^## inkling/m)[0];
writeFileSync(FILE, introduction + sections.join('\n'));
