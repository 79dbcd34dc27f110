import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VERSION } from '#inkling/core/version.js';
import type { TaskName } from './protocol.js';
import type { Family } from './results.js';

/** Something that trains or predicts, and how to start the process that measures it. */
export interface System {
  /** With its version and build. */
  readonly name: string;
  readonly family: Family;
  /** Program and arguments; the job is added as the last one. */
  readonly command: readonly [string, ...string[]];
  readonly tasks: readonly TaskName[];
  /** A training step takes it seconds: measured at the smallest of the jobs only. */
  readonly isSlow: boolean;
  /** Whether it can be told to use several threads. */
  readonly hasThreads: boolean;
  /** Its npm package, or the folder it is installed in; missing where that is not all of it. */
  readonly installed?: { readonly package: string } | { readonly folder: string };
}

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export const inkling: System = {
  name: `Inkling ${VERSION}`,
  family: 'Inkling',
  command: [process.execPath, join(ROOT, 'build', 'bench', 'inkling.js')],
  tasks: ['training', 'inference'],
  isSlow: false,
  hasThreads: true,
};
