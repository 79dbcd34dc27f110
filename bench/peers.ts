import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { findChromium } from './chromium.js';
import { ROOT, type System } from './system.js';

/** The peers that can be measured here, and one line for each that cannot. */
export interface FoundPeers {
  readonly systems: readonly System[];
  readonly missing: readonly string[];
}

export const PEERS = join(ROOT, 'bench', 'peers');

interface PeerPackage extends Pick<System, 'family' | 'tasks' | 'isSlow' | 'hasThreads'> {
  readonly name: string;
  /** File name in `bench/peers`, without `.js`. */
  readonly script: string;
  /** Whether it runs in a page in headless Chromium instead of in Node.js. */
  readonly inPage?: true;
}

const PACKAGES: readonly PeerPackage[] = [
  {
    name: 'onnxruntime-node',
    family: 'onnxruntime-node',
    script: 'onnxruntime-node',
    tasks: ['inference'],
    isSlow: false,
    hasThreads: true,
  },
  {
    name: 'onnxruntime-web',
    family: 'onnxruntime-web',
    script: 'onnxruntime-web',
    tasks: ['inference'],
    isSlow: false,
    hasThreads: true,
  },
  {
    name: '@tensorflow/tfjs-backend-wasm',
    family: 'tfjs',
    script: 'tfjs-wasm',
    // This backend has no gradient of a convolution's weights, and no threads in Node.js.
    tasks: ['inference'],
    isSlow: false,
    hasThreads: false,
  },
  {
    name: '@tensorflow/tfjs',
    family: 'tfjs',
    script: 'tfjs-cpu',
    tasks: ['training'],
    isSlow: true,
    hasThreads: false,
  },
  {
    name: '@jax-js/jax',
    family: 'jax-js',
    script: 'jax-js',
    tasks: ['training', 'inference'],
    isSlow: true,
    hasThreads: false,
  },
  {
    name: '@jax-js/jax',
    family: 'jax-js',
    script: 'jax-js',
    inPage: true,
    tasks: ['training', 'inference'],
    isSlow: true,
    hasThreads: true,
  },
  {
    name: '@tensorflow/tfjs-backend-wasm',
    family: 'tfjs',
    script: 'browser/tfjs-wasm',
    inPage: true,
    tasks: ['inference'],
    isSlow: false,
    hasThreads: true,
  },
  {
    name: '@tensorflow/tfjs',
    family: 'tfjs',
    script: 'browser/tfjs-webgl',
    inPage: true,
    tasks: ['training', 'inference'],
    isSlow: true,
    hasThreads: false,
  },
];

/** Finds the installed peers. */
export function findPeers(): FoundPeers {
  const found = [findPyTorch(), ...PACKAGES.map(findPackage)];
  return {
    systems: found.flatMap(({ systems }) => systems),
    missing: found.flatMap(({ missing }) => missing),
  };
}

const manifestSchema = z.object({ version: z.string() });

function findPackage({ name, script, inPage, ...peer }: PeerPackage): FoundPeers {
  const manifest = join(PEERS, 'node_modules', name, 'package.json');
  if (!existsSync(manifest)) {
    return { systems: [], missing: [`${name}: not installed; run "npm run bench:peers"`] };
  }
  const { version } = manifestSchema.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const title = `${basename(script)} ${version}${inPage ? ' (Chromium)' : ''}`;
  const command = inPage ? pageCommand(script) : ([process.execPath, join(PEERS, `${script}.js`)] as const);
  if (command === undefined) {
    return {
      systems: [],
      missing: [`${title}: no Chromium in PATH; "apt-get install chromium" installs it`],
    };
  }
  // Where a package is measured twice, its size is the same.
  const system = { name: title, command, ...(!inPage && { installed: { package: name } }), ...peer };
  return { systems: [system], missing: [] };
}

function pageCommand(script: string): System['command'] | undefined {
  const chromium = findChromium();
  return chromium === undefined
    ? undefined
    : [process.execPath, join(PEERS, 'browser', 'launch.js'), chromium, `${script}.js`];
}

const pyTorchSchema = z.object({
  version: z.string(),
  /** The source of the build. */
  origin: z.enum(['wheel', 'Debian']),
  instructions: z.string(),
  gpu: z.string().nullable(),
  folder: z.string(),
});

/** One system for each PyTorch installation that an interpreter finds. */
function findPyTorch(): FoundPeers {
  const named = ['python3', '/usr/bin/python3', process.env.INKLING_BENCH_PYTHON ?? ''];
  const interpreters = named.filter((name) => name !== '');
  const systems = new Map<string, System>();
  for (const interpreter of interpreters) {
    const command = [interpreter, join(PEERS, 'pytorch.py')] as const;
    const { status, stdout } = spawnSync(interpreter, command.slice(1), { encoding: 'utf8' });
    if (status !== 0) continue;
    const { version, origin, instructions, gpu, folder } = pyTorchSchema.parse(JSON.parse(stdout));
    systems.set(folder, {
      name: `PyTorch ${version} (${origin}, ${instructions})`,
      family: 'PyTorch',
      variant: 'contiguous',
      command,
      tasks: ['training', 'inference'],
      isSlow: false,
      hasThreads: true,
      ...(gpu !== null && { gpu }),
      // Debian installs most of it elsewhere.
      ...(origin === 'wheel' && { installed: { folder } }),
    });
  }
  if (systems.size > 0) return { systems: [...systems.values()], missing: [] };
  const how = 'run "pip install torch", or set INKLING_BENCH_PYTHON to an interpreter that has it';
  return { systems: [], missing: [`PyTorch: not found by ${interpreters.join(' or ')}; ${how}`] };
}
