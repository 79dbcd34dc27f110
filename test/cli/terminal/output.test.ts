import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Io } from '#inkling/cli/io.js';
import { formatBar } from '#inkling/cli/terminal/bar.js';
import { printConfusion } from '#inkling/cli/terminal/confusion.js';
import { Output } from '#inkling/cli/terminal/output.js';
import { loadDataset } from '#inkling/data/load.js';
import { captureStream, CONTROL_CHARACTER, inkling, open, interruptibleBy } from '../capture.js';

/** A name that turns the terminal red, rings its bell, and starts a new line. */
const NAME = 'cat\x1b[31m\x07\n\x9bdog\u202e';
const SHOWN = String.raw`cat\x1b[31m\x07\n\x9bdog\u202e`;

function outputTo({ tty = false, json = false } = {}) {
  const [stdout, stderr] = [captureStream({ tty }), captureStream({ tty })];
  const interruptible = interruptibleBy(new AbortController().signal);
  const io: Io = { stdout, stderr, environment: {}, interruptible, open, loadDataset };
  return { output: new Output(io, { json }), stdout, stderr };
}

test('every kind of output escapes names', () => {
  const { output, stdout, stderr } = outputTo();
  output.line(NAME);
  output.lines([NAME]);
  output.heading(NAME);
  output.table([[NAME], [NAME]], ['left']);
  output.conclusion(NAME);
  output.notice(NAME, NAME);
  output.message(NAME);
  printConfusion([[1]], [NAME], output);
  expect(stdout.text.split('\n').filter((line) => line.includes(SHOWN)).length).toBeGreaterThanOrEqual(8);
  expect(stderr.text).toContain(`inkling: ${SHOWN}\n`);
  for (const text of [stdout.text, stderr.text]) expect(text).not.toMatch(CONTROL_CHARACTER);
});

test('JSON output keeps names and escapes what acts on a terminal', () => {
  const { output, stdout } = outputTo({ json: true });
  output.result({ name: NAME });
  expect(stdout.text).not.toMatch(CONTROL_CHARACTER);
  expect(JSON.parse(stdout.text)).toEqual({ name: NAME });
});

test('a style surrounds escaped text', () => {
  const { output, stdout } = outputTo({ tty: true });
  output.line('a ', { text: NAME, format: 'red' });
  expect(stdout.text).toBe(`a \x1b[31m${SHOWN}\x1b[39m\n`);
});

test('columns are as wide as what is shown', () => {
  const { output, stdout } = outputTo();
  output.table(
    [
      ['name', 'count'],
      [NAME, '1'],
    ],
    ['left', 'right'],
  );
  const [header, row] = stdout.text.split('\n');
  expect(header.length).toBe(row.length);
});

test('the progress bar escapes names', () => {
  expect(formatBar({ label: NAME, fraction: 0.5, details: NAME }, 200)).not.toMatch(CONTROL_CHARACTER);
});

test('errors escape names', async () => {
  const { code, stderr } = await inkling(['data', './\x1b[31mpets\u202e']);
  expect(code).toBe(1);
  expect(stderr).toContain(String.raw`\x1b[31mpets\u202e`);
  expect(stderr).not.toMatch(CONTROL_CHARACTER);
});

test('nothing else in the command line writes to a stream', () => {
  const root = fileURLToPath(new URL('../../../src/cli', import.meta.url));
  const writers = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => /\.write\(|console\./.test(readFileSync(join(root, name), 'utf8')))
    .map((name) => name.replaceAll('\\', '/'));
  // The startup and the help print no names.
  expect(writers.sort()).toEqual(['inkling.ts', 'main.ts', 'program.ts', 'terminal/output.ts']);
});
