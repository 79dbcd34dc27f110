import { join } from 'node:path';
import { kindOf } from '../../../platform/files.js';
import { isFinished, readRun } from '../../../runs/readRun.js';
import { readResumePoint } from '../../../runs/resume.js';
import { CONFIG_FILE } from '../../../runs/runFiles.js';
import type { TrialJob } from '../trialQueue.js';
import type { JobResult } from './messages.js';
import { installRun, isWorthKeeping, packRun } from './snapshot.js';
import { loadNewest, MAX_REDIS_BYTES, type RunStore } from './stores.js';

/** The run folder of a job that workers train, on the machine of the coordinator. */
export class CollectedRun {
  /** The name of the folder. */
  readonly name: string;
  readonly #job: string;
  readonly #parent: string;
  readonly #stores: readonly RunStore[];

  /** @param parent the folder that contains it */
  constructor({ name, run }: TrialJob, parent: string, stores: readonly RunStore[]) {
    this.name = run ?? freeRun(parent, name);
    this.#job = name;
    this.#parent = parent;
    this.#stores = stores;
  }

  get #path(): string {
    return join(this.#parent, this.name);
  }

  get #hasBegun(): boolean {
    return kindOf(join(this.#path, CONFIG_FILE)) === 'file';
  }

  /** Whether the run was trained to its end before the coordinator could record it. */
  get isTrained(): boolean {
    if (!this.#hasBegun) return false;
    const { summary } = readRun(this.#path);
    return summary !== undefined && isFinished(summary.stopReason);
  }

  /** Lets workers resume what is in the folder, from before the job was interrupted. */
  async offer(): Promise<void> {
    if (!isWorthKeeping(this.#path)) return;
    const { epochs } = readResumePoint(this.#path).state;
    const stored = await loadNewest(this.#stores, this.#job);
    if (stored !== undefined && stored.epochs >= epochs.length) return;
    const bytes = packRun(this.#path, epochs.length);
    for (const store of this.#stores) {
      if (store.kind === 'folder' || bytes.length <= MAX_REDIS_BYTES) await store.save(this.#job, bytes);
    }
  }

  /** Writes what a worker has stored when the job ended; false if that is lost. */
  async collect({ state, store: kind }: JobResult): Promise<boolean> {
    if (kind === undefined) return true;
    const store = this.#stores.find((each) => each.kind === kind);
    const snapshot = await store?.load(this.#job);
    if (snapshot === undefined) return this.#hasBegun;
    installRun(snapshot, this.#parent, this.name);
    if (state !== 'interrupted') for (const each of this.#stores) await each.remove(this.#job);
    return true;
  }

  /** Writes what workers have stored so far, so that the job can also be resumed without them. */
  async collectNewest(): Promise<void> {
    const snapshot = await loadNewest(this.#stores, this.#job);
    if (snapshot !== undefined) installRun(snapshot, this.#parent, this.name);
  }
}

/** The name of the next run of a job. Only the process that conducts the sweep creates runs in its folder. */
function freeRun(parent: string, name: string): string {
  for (let number = 1; ; number++) {
    if (kindOf(join(parent, `${name}-${number}`)) === 'none') return `${name}-${number}`;
  }
}
