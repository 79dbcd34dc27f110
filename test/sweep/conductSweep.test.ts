import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conductSweep } from '#inkling/sweep/conductSweep.js';
import { Journal } from '#inkling/sweep/journal/journal.js';
import type { TrialEnd, TrialJob, TrialQueue, TrialReports } from '#inkling/sweep/queue/trialQueue.js';
import { sharedFolder } from '../helpers/run.js';

const TARGET = 6;
const folder = sharedFolder();
let journals = 0;

function createJournal(): Journal {
  const space = { model: 'mlp', epochs: 4, learningRate: { float: [0.001, 0.1] } };
  return Journal.create(join(folder, `journal-${++journals}.jsonl`), {
    name: 'sweep',
    direction: 'maximize',
    definition: {
      format: 1,
      version: '0.1.0',
      space,
      sampler: 'random',
      pruner: 'median',
      fingerprint: { train: 'a', test: 'b' },
    },
    target: TARGET,
  });
}

interface Started {
  readonly job: TrialJob;
  readonly reports: TrialReports;
  readonly signal: AbortSignal;
  readonly end: (end: TrialEnd) => void;
  readonly fail: (error: Error) => void;
}

/** A queue that leaves to the test when and how its jobs end. */
class ManualQueue implements TrialQueue {
  readonly started: Started[] = [];
  capacity = 2;
  #onChange = (): void => undefined;
  /** Ends the queue with an error. */
  lose: (error: Error) => void = () => undefined;

  readonly capacityChanged = (): Promise<void> =>
    new Promise((resolve, reject) => {
      [this.#onChange, this.lose] = [resolve, reject];
    });
  readonly close = (): Promise<void> => Promise.resolve();

  readonly execute = (job: TrialJob, reports: TrialReports, signal: AbortSignal): Promise<TrialEnd> =>
    new Promise((end, fail) => {
      signal.addEventListener('abort', () => {
        end({ state: 'interrupted' });
      });
      this.started.push({ job, reports, signal, end, fail });
    });

  grow(capacity: number): void {
    this.capacity = capacity;
    this.#onChange();
  }

  get names(): string[] {
    return this.started.map(({ job }) => job.name);
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve));
const options = { seed: 0, onTrial: () => undefined };

describe('conductSweep', () => {
  it('has as many trials executed at the same time as the queue can, also when that changes', async () => {
    const queue = new ManualQueue();
    const journal = createJournal();
    const conducted = conductSweep(journal, queue, options);
    expect(queue.names).toEqual(['trial-0', 'trial-1']);
    queue.grow(3);
    await settle();
    expect(queue.names).toEqual(['trial-0', 'trial-1', 'trial-2']);
    for (let ended = 0; ended < TARGET; ended++) {
      queue.started[ended].reports.onEpoch(1, 0.5, false);
      queue.started[ended].end({ state: 'complete' });
      await settle();
      expect(queue.started).toHaveLength(Math.min(ended + 4, TARGET));
    }
    expect(await conducted).toBe(true);
    expect(journal.state.trials.map(({ state }) => state)).toEqual(Array<string>(TARGET).fill('complete'));
  });

  it('executes the trials first that were running when it was interrupted', async () => {
    const queue = new ManualQueue();
    const journal = createJournal();
    const controller = new AbortController();
    const interrupted = conductSweep(journal, queue, { ...options, signal: controller.signal });
    queue.started[1].reports.onStart('trial-1-1');
    controller.abort();
    expect(await interrupted).toBe(false);

    const again = new ManualQueue();
    void conductSweep(journal, again, options);
    expect(again.started.map(({ job }) => [job.name, job.run])).toEqual([
      ['trial-0', undefined],
      ['trial-1', 'trial-1-1'],
    ]);
    again.started[0].end({ state: 'complete' });
    await settle();
    expect(again.names).toEqual(['trial-0', 'trial-1', 'trial-2']);
  });

  it('records a trial as pruned that was told to end, although it trained on to its end', async () => {
    const queue = new ManualQueue();
    queue.capacity = 1;
    const journal = createJournal();
    void conductSweep(journal, queue, options);
    for (let trial = 0; trial < 5; trial++) {
      queue.started[trial].reports.onEpoch(1, 0.9, false);
      queue.started[trial].end({ state: 'complete' });
      await settle();
    }
    const { reports, end } = queue.started[5];
    expect(reports.onEpoch(1, 0.1, false)).toBe(true);
    expect(reports.onEpoch(2, 0.99, false)).toBe(true);
    end({ state: 'complete' });
    await settle();
    const { state, value, epochs } = journal.state.trials[5];
    expect([state, value, [...epochs]]).toEqual(['pruned', 0.1, [[1, 0.1]]]);
  });

  it('interrupts the other trials if the queue fails', async () => {
    const queue = new ManualQueue();
    const journal = createJournal();
    const conducted = conductSweep(journal, queue, options);
    queue.started[0].fail(new Error('connection lost'));
    await expect(conducted).rejects.toThrow('connection lost');
    expect(queue.started[1].signal.aborted).toBe(true);
    expect(journal.state.trials.map(({ state }) => state)).toEqual(['running', 'running']);
  });

  it('does not miss that the queue fails while another trial ends', async () => {
    const queue = new ManualQueue();
    const conducted = conductSweep(createJournal(), queue, options);
    queue.started[0].end({ state: 'complete' });
    queue.started[1].fail(new Error('connection lost'));
    await expect(conducted).rejects.toThrow('connection lost');
  });

  it('interrupts the trials if the queue cannot tell its capacity any more', async () => {
    const queue = new ManualQueue();
    const conducted = conductSweep(createJournal(), queue, options);
    queue.lose(new Error('connection lost'));
    await expect(conducted).rejects.toThrow('connection lost');
    expect(queue.started.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  });
});
