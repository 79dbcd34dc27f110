import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VERSION } from '#inkling/core/version.js';
import type { TaskName } from './protocol.js';
import type { Family, Variant } from './families.js';

/** A framework that trains or predicts, and the command that measures it. */
export interface System {
  /** Name, version and build. */
  readonly name: string;
  readonly family: Family;
  /** How PyTorch runs; missing for other systems. */
  readonly variant?: Variant;
  /** Program and arguments; the job is appended as the last argument. */
  readonly command: readonly [string, ...string[]];
  readonly tasks: readonly TaskName[];
  /** Whether a training step takes seconds: only the smallest jobs are measured. */
  readonly isSlow: boolean;
  /** The GPU that PyTorch finds; missing without one. */
  readonly gpu?: string;
  /** Whether the number of threads can be set. */
  readonly hasThreads: boolean;
  /** Its npm package or installation folder; missing if it does not contain everything. */
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
