/** Simulates a sweep in virtual time: what decides is real, what trains is not. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conductSweep } from '#inkling/sweep/conductSweep.js';
import { Journal } from '#inkling/sweep/journal/journal.js';
import type { TrialEnd, TrialJob, TrialQueue, TrialReports } from '#inkling/sweep/queue/trialQueue.js';
import type { Config } from '#inkling/train/config.js';
import { quantile } from './quantile.js';
import { VirtualTime } from './virtualTime.js';

const EPOCHS = 16;
/** A folder in memory, where waiting for the disk takes no time. */
const MEMORY = '/dev/shm';
/** The decisions at the end, when there are most trials. */
const LAST = 1000;

const space = {
  model: 'report-cnn',
  epochs: EPOCHS,
  optimizer: { choice: ['adam', 'sgd', 'nesterov'] },
  momentum: { float: [0.5, 0.98], when: { optimizer: ['sgd', 'nesterov'] } },
  learningRate: { float: [1e-4, 1e-1], log: true },
  weightDecay: { float: [1e-6, 1e-2], log: true },
  batchSize: { int: [32, 256], step: 32 },
};

export interface SimulationOptions {
  readonly workers: number;
  readonly trials: number;
  /** The measured time that an epoch takes one worker. */
  readonly secondsPerEpoch: number;
}

/** Conducts a sweep with ASHA (without promotion) and TPE; the durations are computed and the accuracies made up. */
export async function simulate({ workers, trials, secondsPerEpoch }: SimulationOptions) {
  const inMemory = existsSync(MEMORY);
  const folder = mkdtempSync(join(inMemory ? MEMORY : tmpdir(), 'inkling-simulation-'));
  try {
    const path = join(folder, 'journal.jsonl');
    const journal = createJournal(path, trials);
    const queue = new SimulatedQueue(workers, secondsPerEpoch);
    const conducted = conductSweep(journal, queue, { seed: 0, onTrial: () => undefined });
    await queue.run();
    await conducted;
    const replayed = performance.now();
    const { trials: recorded } = Journal.open(path).state;
    return {
      simulated: true,
      workers,
      trials: recorded.length,
      pruned: recorded.filter(({ state }) => state === 'pruned').length,
      secondsPerEpoch,
      inMemory,
      virtualHours: queue.time.now / 3600,
      next: summarize(queue.suggestions),
      epoch: summarize(queue.epochs),
      journalMegabytes: statSync(path).size / 1e6,
      openSeconds: (performance.now() - replayed) / 1000,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function createJournal(path: string, target: number): Journal {
  return Journal.create(path, {
    name: 'simulation',
    direction: 'maximize',
    definition: {
      format: 1,
      version: '0',
      space,
      sampler: 'tpe',
      pruner: 'asha-stopping',
      fingerprint: { train: '', test: '' },
    },
    target,
  });
}

/** Milliseconds per decision. */
function summarize(times: readonly number[]) {
  const last = times.slice(-LAST);
  return {
    decisions: times.length,
    median: quantile(times, 0.5),
    lastMedian: quantile(last, 0.5),
    last99: quantile(last, 0.99),
  };
}

/** Trains nothing: reports epochs at the times at which they would have ended. */
class SimulatedQueue implements TrialQueue {
  readonly time = new VirtualTime();
  /** The real milliseconds from the end or the pause of a trial until the next one trains, with both records. */
  readonly suggestions: number[] = [];
  /** The real milliseconds to record an epoch and to decide whether it is the last one. */
  readonly epochs: number[] = [];
  readonly capacity: number;
  readonly #secondsPerEpoch: number;
  #started = 0;
  /** The epochs of trials that were paused. */
  readonly #trained = new Map<string, number>();
  /** Ends the trial whose last epoch has just ended. */
  #ending: (() => void) | undefined;

  constructor(workers: number, secondsPerEpoch: number) {
    this.capacity = workers;
    this.#secondsPerEpoch = secondsPerEpoch;
  }

  readonly capacityChanged = (): Promise<void> => new Promise(() => undefined);
  readonly close = (): Promise<void> => Promise.resolve();

  readonly execute = (
    { name, config, until = EPOCHS }: TrialJob,
    { onStart, onEpoch }: TrialReports,
  ): Promise<TrialEnd> => {
    this.#started++;
    onStart(`${name}-1`);
    const accuracyAfter = learningCurve(config, Number(name.replace('trial-', '')));
    const seconds = this.#secondsPerEpoch * (0.5 + 32 / config.batchSize);
    return new Promise((end) => {
      const train = (epoch: number): void => {
        this.time.after(seconds, () => {
          const start = performance.now();
          const isPruned = onEpoch(epoch, accuracyAfter(epoch), epoch === EPOCHS);
          this.epochs.push(performance.now() - start);
          if (!isPruned && epoch < until) {
            train(epoch + 1);
            return;
          }
          this.#trained.set(name, epoch);
          this.#ending = () => {
            end({ state: isPruned || until < EPOCHS ? 'pruned' : 'complete' });
          };
        });
      };
      train((this.#trained.get(name) ?? 0) + 1);
    });
  };

  /** Lets time pass until nothing happens any more. */
  async run(): Promise<void> {
    while (this.time.advance()) {
      const ending = this.#ending;
      if (ending === undefined) continue;
      this.#ending = undefined;
      const [start, started] = [performance.now(), this.#started];
      ending();
      await new Promise(setImmediate);
      if (this.#started > started) this.suggestions.push(performance.now() - start);
    }
  }
}

/** Accuracies that rise with the epochs to a height that depends on the settings, and a little on chance. */
function learningCurve({ learningRate, weightDecay = 1, momentum = 0, optimizer }: Config, trial: number) {
  const rate = Math.log10(learningRate * (optimizer === 'adam' ? 1 : 1 / (10 * (1 - momentum)))) + 2.5;
  const height = 0.99 - 0.05 * rate ** 2 - 0.004 * (Math.log10(weightDecay) + 4) ** 2;
  return (epoch: number) => {
    const chance = (Math.imul(trial * 31 + epoch, 0x9e3779b1) >>> 8) / 2 ** 24;
    return Math.max(0.1, height * (1 - 0.4 * Math.exp(-epoch / 4))) - 0.01 * chance;
  };
}
