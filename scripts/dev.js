/**
 * Rebuilds whatever a change affects and restarts the server: `npm run dev [-- OPTIONS]` passes its options to `inkling serve`.
 *
 * - TypeScript: `tsc --watch` into `dist`
 * - kernels: compiled when a file in `src/kernels` or the layout of a step changes
 * - page: `vite build --watch` into `dist/web`; reload the browser to see it
 * - server: restarted when code or a kernel in `dist` changes
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, watch } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';

/** Editors and compilers write several files at once. */
const SETTLE_MS = 300;

const require = createRequire(import.meta.url);
const TSC = commandOf('typescript', 'tsc');
const VITE = commandOf('vite', 'vite');
const SERVER = ['dist/cli/main.js', 'serve', ...process.argv.slice(2)];

/** Programs that run until they are stopped. */
const running = new Set();
let server;
let stopping = false;

process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));

await buildKernels();
// The page and the server import what this builds.
await run(TSC, '-p', 'tsconfig.json');
if (!existsSync('dist/cli/main.js')) stop(1);
if (!stopping) {
  startWatcher(TSC, '-p', 'tsconfig.json', '--watch', '--preserveWatchOutput');
  startWatcher(VITE, 'build', '--watch', '--logLevel', 'warn');
  restartServer();
  const kernels = settled(buildKernels);
  watch('src/kernels', { recursive: true }, (_, file) => isGenerated(file) || kernels());
  watch('src/plan/steps.ts', kernels);
  const restart = settled(restartServer);
  watch('dist', { recursive: true }, (_, file) => affectsServer(file) && restart());
}

/** The path of a script that a package installs as a command. */
function commandOf(name, command) {
  const manifest = require.resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]);
}

function isGenerated(file) {
  return file?.split(sep).includes('generated');
}

/** Whether a file in `dist` is loaded by the server: not the pages, which it rereads, and not the bundled command. */
function affectsServer(file) {
  return /\.(js|wasm)$/.test(file ?? '') && !/^(web|lab|bin)$/.test(file.split(sep)[0]);
}

/** Starts a Node.js script that shares this terminal. */
function start(...args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  running.add(child);
  child.ended = new Promise((resolve) => child.on('exit', resolve)).then((code) => {
    running.delete(child);
    return code;
  });
  return child;
}

/** Runs a script to its end; a failure has been printed by the script itself. */
function run(...args) {
  return start(...args).ended;
}

/** Starts a script that runs until this one stops, and stops if the script ends first. */
function startWatcher(...args) {
  start(...args).ended.then((code) => {
    if (!stopping) console.error(`${args[0]} ended with code ${code}`);
    stop(1);
  });
}

function buildKernels() {
  return run('scripts/build-kernels.js');
}

async function restartServer() {
  const previous = server;
  server = undefined;
  if (previous !== undefined && running.has(previous)) {
    previous.kill();
    await previous.ended;
  }
  if (stopping) return;
  console.log(`${previous === undefined ? 'Starting' : 'Restarting'} the server`);
  server = start(...SERVER);
}

/** Calls a function once changes have settled, and never a second time before the first call has ended. */
function settled(action) {
  let timer;
  let last = Promise.resolve();
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      last = last.then(() => (stopping ? undefined : action()));
    }, SETTLE_MS);
  };
}

/** Stops all programs, and then this one. */
async function stop(code) {
  if (stopping) return;
  stopping = true;
  const children = [...running];
  for (const child of children) child.kill();
  await Promise.all(children.map(({ ended }) => ended));
  process.exit(code);
}
