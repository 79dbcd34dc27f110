/** Simulates a sweep in virtual time: what decides is real, what trains is not. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conductSweep } from '#inkling/sweep/conductSweep.js';
import { Journal } from '#inkling/sweep/journal/journal.js';
import type { TrialEnd, TrialJob, TrialQueue, TrialReports } from '#inkling/sweep/queue/trialQueue.js';
import { DEFAULT_PRUNER, DEFAULT_SAMPLER } from '#inkling/sweep/strategies.js';
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

/** Conducts a sweep with the default sampler and pruner; the durations are computed and the accuracies made up. */
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
      sampler: DEFAULT_SAMPLER,
      pruner: DEFAULT_PRUNER,
      complete: recorded.filter(({ state }) => state === 'complete').length,
      secondsPerEpoch,
      inMemory,
      virtualHours: queue.time.now / 3600,
      start: summarize(queue.starts),
      continue: summarize(queue.continuations),
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
      sampler: DEFAULT_SAMPLER,
      pruner: DEFAULT_PRUNER,
      fingerprint: { train: '', test: '' },
    },
    target,
  });
}

/** What a decision takes, in milliseconds. */
interface Duration {
  readonly wall: number;
  /** Of the processor, without the time in which other programs had it; of all threads, such as that of the garbage collector. */
  readonly processor: number;
}

/** Measures what is done from now on. */
function stopwatch(): () => Duration {
  const [start, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { wall: performance.now() - start, processor: (user + system) / 1000 };
  };
}

/** Of all decisions, and of the last ones. */
function summarize(durations: readonly Duration[]) {
  const of = (kind: keyof Duration) => {
    const times = durations.map((duration) => duration[kind]);
    return { all: statisticsOf(times), last: statisticsOf(times.slice(-LAST)) };
  };
  return { decisions: durations.length, wall: of('wall'), processor: of('processor') };
}

function statisticsOf(times: readonly number[]) {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const [median, most99, most] = [0.5, 0.99, 1].map((fraction) => quantile(times, fraction));
  return { mean, median, most99, most };
}

/** Trains nothing: reports epochs at the times at which they would have ended. */
class SimulatedQueue implements TrialQueue {
  readonly time = new VirtualTime();
  /** From the end or the pause of a trial until a new one is trained, with both records. */
  readonly starts: Duration[] = [];
  /** The same until a paused one is continued. */
  readonly continuations: Duration[] = [];
  /** To record an epoch, and to decide whether it is the last one. */
  readonly epochs: Duration[] = [];
  readonly capacity: number;
  readonly #secondsPerEpoch: number;
  /** What has been executed since a trial has ended. */
  #begun: ('start' | 'continuation')[] = [];
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
    this.#begun.push(this.#trained.has(name) ? 'continuation' : 'start');
    onStart(`${name}-1`);
    const accuracyAfter = learningCurve(config, Number(name.replace('trial-', '')));
    const seconds = this.#secondsPerEpoch * (0.5 + 32 / config.batchSize);
    return new Promise((end) => {
      const train = (epoch: number): void => {
        this.time.after(seconds, () => {
          const measure = stopwatch();
          const isPruned = onEpoch(epoch, accuracyAfter(epoch), epoch === EPOCHS);
          this.epochs.push(measure());
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
      this.#begun = [];
      const measure = stopwatch();
      ending();
      await new Promise(setImmediate);
      const duration = measure();
      const [next] = this.#begun;
      if (next === 'start') this.starts.push(duration);
      if (next === 'continuation') this.continuations.push(duration);
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
