import { expect, test } from 'vitest';
import { TrainingQueue } from '#inkling/server/training/trainingQueue.js';
import type { TrainingReport } from '#inkling/server/training/trainingMessages.js';
import type { ChildEvents } from '#inkling/sweep/queue/childProcess.js';
import { parseConfig } from '#inkling/train/config.js';

/** A process that does what the test says. */
class FakeProcess {
  readonly posted: { readonly type: string }[] = [];
  readonly #events: ChildEvents;
  isClosed = false;

  constructor(events: ChildEvents) {
    this.#events = events;
  }

  readonly post = (message: unknown) => {
    this.posted.push(message as { type: string });
  };

  readonly close = () => {
    if (!this.isClosed) this.die('it exited with code 0');
    return Promise.resolve();
  };

  report(report: TrainingReport) {
    this.#events.onMessage(report);
  }

  die(reason: string) {
    this.isClosed = true;
    this.#events.onEnd(reason);
  }
}

function createQueue() {
  const processes: FakeProcess[] = [];
  const queue = new TrainingQueue({ INKLING_DATA_DIR: 'here', HOME: 'elsewhere' }, (events) => {
    const started = new FakeProcess(events);
    processes.push(started);
    return started;
  });
  const states = () => queue.list().map(({ state }) => state);
  return { queue, processes, states };
}

const config = parseConfig({ model: 'mlp', dataset: 'digits', epochs: 3 });
const done: TrainingReport = { type: 'ended', isInterrupted: false, error: undefined };

test('trains one run after the other, each in a process of its own', () => {
  const { queue, processes, states } = createQueue();
  expect(queue.add(config, 'digits')).toEqual({
    id: 1,
    state: 'loading',
    isStopping: false,
    dataset: 'digits',
    model: 'mlp',
    epochs: 3,
  });
  expect(queue.add(config, 'digits')).toMatchObject({ id: 2, state: 'waiting' });
  expect(processes.map(({ posted }) => posted)).toEqual([
    [{ type: 'train', config, environment: { INKLING_DATA_DIR: 'here' } }],
  ]);
  processes[0].report({ type: 'started', run: 'mlp-digits-1' });
  expect(queue.list()[0]).toMatchObject({ state: 'training', run: 'mlp-digits-1' });
  expect(states()).toEqual(['training', 'waiting']);
  processes[0].report(done);
  expect(processes[0].isClosed).toBe(true);
  expect(states()).toEqual(['done', 'loading']);
  expect(processes).toHaveLength(2);
});

test('reports why a training failed, and why a process ended unexpectedly', () => {
  const { queue, processes } = createQueue();
  queue.add(config, 'digits');
  queue.add(config, 'digits');
  processes[0].report({ type: 'ended', isInterrupted: false, error: 'the loss is NaN' });
  processes[1].die('it was killed by SIGKILL');
  expect(queue.list().map(({ state, error }) => [state, error])).toEqual([
    ['failed', 'the loss is NaN'],
    ['failed', 'the process that trained it ended unexpectedly: it was killed by SIGKILL'],
  ]);
});

test('stops a training while it waits, while its data set is loaded, and while it trains', () => {
  const { queue, processes, states } = createQueue();
  for (let i = 0; i < 3; i++) queue.add(config, 'digits');
  queue.stop(2);
  expect(states()).toEqual(['loading', 'stopped', 'waiting']);
  queue.stop(1);
  expect(processes[0].isClosed).toBe(true);
  expect(states()).toEqual(['stopped', 'stopped', 'loading']);
  processes[1].report({ type: 'started', run: 'mlp-digits-1' });
  queue.stop(3);
  expect(processes[1].posted.at(-1)).toEqual({ type: 'stop' });
  expect(queue.list()[2]).toMatchObject({ state: 'training', isStopping: true });
  processes[1].report({ type: 'ended', isInterrupted: true, error: undefined });
  expect(queue.list()[2]).toMatchObject({ state: 'stopped', isStopping: false, run: 'mlp-digits-1' });
  expect(() => {
    queue.stop(3);
  }).toThrow('training 3: expected one that has not ended, got one that is stopped');
  expect(() => {
    queue.stop(4);
  }).toThrow('unknown training 4; GET /api/trainings lists the trainings');
});

test('limits how many wait, and how many are listed after they have ended', () => {
  const { queue, processes } = createQueue();
  for (let i = 0; i < 9; i++) queue.add(config, 'digits');
  expect(() => queue.add(config, 'digits')).toThrow(
    '8 trainings are waiting; stop one of them, or try again later',
  );
  for (let i = 9; i < 40; i++) {
    processes[processes.length - 1].report(done);
    queue.add(config, 'digits');
  }
  expect(queue.list()).toHaveLength(20 + 9);
  expect(queue.list()[0]).toMatchObject({ id: 40 - 28, state: 'done' });
});

test('stops the training when the server closes, and starts no other', async () => {
  const { queue, processes, states } = createQueue();
  queue.add(config, 'digits');
  queue.add(config, 'digits');
  processes[0].report({ type: 'started', run: 'mlp-digits-1' });
  const closing = queue.close();
  expect(processes[0].posted.at(-1)).toEqual({ type: 'stop' });
  processes[0].report({ type: 'ended', isInterrupted: true, error: undefined });
  await closing;
  expect(states()).toEqual(['stopped', 'waiting']);
  expect(processes).toHaveLength(1);
});
