import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inkling } from '../cli/capture.js';

const document = readFileSync(fileURLToPath(new URL('../../docs/commands.md', import.meta.url)), 'utf8');
const documented = [...document.matchAll(/^## inkling ([\w ]+)\n\n```text\n([^]*?)\n```/gm)].map(
  ([, command, text]) => [command, text] as const,
);

test('every command is documented', async () => {
  const { stdout } = await inkling(['--help']);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) (?=\[|<)/gm)].map(([, name]) => name);
  const names = documented.map(([command]) => command);
  expect(names.filter((name) => !name.includes(' '))).toEqual(commands.filter((name) => name !== 'help'));
  expect(names).toContain('sweep show');
});

test.each(documented)('the documentation of %s is its help', async (command, text) => {
  const { stdout } = await inkling([...command.split(' '), '--help']);
  expect(text, 'run "npm run build && npm run readme"').toBe(stdout.trimEnd());
});
