/**
 * Checks everything that needs no test: types, lint rules, formatting, generated documents and the package. The parts run
 * concurrently and keep caches in node_modules/.cache; the output of each is printed when it ends.
 */
import { spawn } from 'node:child_process';

const CACHE = 'node_modules/.cache/inkling';
const CACHED = (name) => ['--cache', '--cache-strategy', 'content', '--cache-location', `${CACHE}/${name}`];
const PARTS = {
  types: [
    'node_modules/typescript/bin/tsc',
    '-p',
    'tsconfig.check.json',
    '--incremental',
    '--tsBuildInfoFile',
    `${CACHE}/tsbuildinfo`,
  ],
  lint: ['node_modules/eslint/bin/eslint.js', ...CACHED('eslint'), '.'],
  formatting: [
    'node_modules/prettier/bin/prettier.cjs',
    '--check',
    ...CACHED('prettier'),
    '--log-level',
    'warn',
    '.',
  ],
  'generated documents': ['scripts/readme.js', '--check'],
  package: ['scripts/checkPackage.js'],
  'API reference': ['node_modules/typedoc/bin/typedoc', '--emit', 'none'],
};

const results = await Promise.all(Object.entries(PARTS).map(runPart));
process.exitCode = results.every(Boolean) ? 0 : 1;

/** Runs a Node.js script and returns whether it succeeded. */
async function runPart([title, command]) {
  const started = performance.now();
  const child = spawn(process.execPath, command);
  const output = [];
  child.stdout.on('data', (data) => output.push(data));
  child.stderr.on('data', (data) => output.push(data));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${title}: ${code === 0 ? 'passed' : 'failed'} in ${seconds} s`);
  if (code !== 0) process.stdout.write(Buffer.concat(output));
  return code === 0;
}
