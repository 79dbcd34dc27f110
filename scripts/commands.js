/** Writes docs/commands.md from the help of each command. Requires a build. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'docs/commands.md';

/** The help text of a command, formatted for 80 columns. */
const help = (...words) =>
  execFileSync(process.execPath, ['dist/bin/inkling.js', ...words, '--help'], { encoding: 'utf8' }).trimEnd();

const commands = [...help().matchAll(/^ {2}([a-z]+) .*/gm)]
  .map(([, name]) => name)
  .filter((name) => name !== 'help' && name !== 'inkling');
const sections = [...new Set(commands)].map(
  (name) => `## inkling ${name}\n\n\`\`\`text\n${help(name)}\n\`\`\`\n`,
);
const introduction = readFileSync(FILE, 'utf8').split(/^## inkling/m)[0];
writeFileSync(FILE, introduction + sections.join('\n'));
