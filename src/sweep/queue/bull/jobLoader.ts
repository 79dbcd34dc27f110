import { join, resolve } from 'node:path';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { FetchError, InklingError, MachineError, messageOf } from '../../../core/errors.js';
import { option } from '../../../core/optionName.js';
import { validate } from '../../../core/validate.js';
import type { Dataset } from '../../../data/dataset.js';
import { kindOf } from '../../../platform/files.js';
import { isModelFile } from '../../../train/openModel.js';
import { assertSameVersion, loadTrialImages } from '../trialImages.js';
import { type JobData, jobSchema, jobVersionSchema } from './messages.js';
import { folderStore, redisStore, type RunStore } from './stores.js';
import { readSweepId } from './sweepId.js';
import type { WorkerOptions } from './workerOptions.js';

/** This worker cannot train the jobs of a sweep; another one may. */
export class Refusal extends Error {}

/** A job of BullMQ, with what this machine needs to train it. */
export interface LoadedJob {
  readonly data: JobData;
  /** What was stored is looked for in all, and everything is written to the first. */
  readonly stores: readonly RunStore[];
  readonly dataset: Dataset;
}

/** Reads jobs, and loads their images, which it keeps for the next job of the same sweep. */
export class JobLoader {
  readonly #redis: Redis;
  readonly #options: WorkerOptions;
  #loaded: { readonly sweep: string; readonly dataset: Dataset } | undefined;

  constructor(redis: Redis, options: WorkerOptions) {
    this.#redis = redis;
    this.#options = options;
  }

  /**
   * Reads a job and loads its images.
   *
   * @throws {Refusal} when this machine has another version of Inkling, other images, another store, or not all files
   */
  async load(job: Job, signal: AbortSignal): Promise<LoadedJob> {
    const data = readJob(job);
    return { data, stores: this.#storesOf(data), dataset: await this.#loadImages(data, signal) };
  }

  #storesOf({ sweep }: JobData): readonly RunStore[] {
    const { store } = this.#options;
    const inRedis = redisStore(this.#redis, sweep.id);
    if (store === undefined) return [inRedis];
    const folder = join(resolve(store), sweep.name);
    if (readSweepId(folder) === sweep.id) return [folderStore(folder), inRedis];
    throw new Refusal(
      `${option('store')} ${store}: expected the folder that contains ${sweep.name}, as the machine that conducts this sweep sees it, got one without it, or with another sweep of that name; correct it, or leave it out`,
    );
  }

  async #loadImages({ sweep }: JobData, signal: AbortSignal): Promise<Dataset> {
    if (this.#loaded?.sweep === sweep.id) return this.#loaded.dataset;
    this.#loaded = undefined;
    const { dataDir, onProgress, onDecode } = this.#options;
    try {
      const dataset = await loadTrialImages(sweep.images, sweep.name, {
        ...(dataDir !== undefined && { dataDir }),
        signal,
        onProgress,
        onDecode,
      });
      this.#loaded = { sweep: sweep.id, dataset };
      return dataset;
    } catch (error) {
      const isRefusal = error instanceof InklingError && !signal.aborted;
      if (!isRefusal || error instanceof MachineError || error instanceof FetchError) throw error;
      throw new Refusal(error.message);
    }
  }
}

function readJob(job: Job): JobData {
  const who = `queue: job ${job.id ?? ''}`;
  const { sweep } = validate(jobVersionSchema, job.data, who);
  try {
    assertSameVersion(sweep.images, sweep.name);
  } catch (error) {
    throw new Refusal(messageOf(error));
  }
  const data = validate(jobSchema, job.data, who);
  const { model } = data.config;
  if (!isModelFile(model) || kindOf(model) === 'file') return data;
  throw new Refusal(
    `${sweep.name}: expected the model file ${model}, got none at this path; copy it from the machine that conducts this sweep`,
  );
}
