import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../core/errors.js';
import { validate } from '../../core/validate.js';
import type { Environment } from '../../data/files/locate.js';
import { type ChildEvents, type ChildHandle, startChildProcess } from '../../sweep/queue/childProcess.js';
import type { Config } from '../../train/config.js';
import { MAX_ENDED_TRAININGS, MAX_WAITING_TRAININGS } from '../limits.js';
import { Problem } from '../problem.js';
import { reportSchema, type TrainingRequest } from './trainingMessages.js';
import type { Training } from './trainingSchemas.js';

/** How long a training that the closing server stops may take to save its run. */
const MAX_CLOSING_MS = 5000;
/** After how long a client may ask again when too many trainings wait. */
const RETRY_SECONDS = 60;

/** A training, and the configuration with which its process trains; what clients see of it is in `training`. */
interface Entry {
  readonly config: Config;
  training: Training;
}

/** The process that trains. */
interface Current {
  readonly entry: Entry;
  readonly child: ChildHandle;
  readonly ended: Promise<void>;
}

/** Starts the program that trains. */
type StartProcess = (events: ChildEvents) => ChildHandle;

const startTraining: StartProcess = (events) =>
  startChildProcess(new URL('./trainingProcess.js', import.meta.url), events);

/** Trains one run after the other, each in a process of its own. */
export class TrainingQueue {
  readonly #environment: Environment;
  readonly #startProcess: StartProcess;
  #entries: Entry[] = [];
  #current: Current | undefined;
  #count = 0;
  #isClosing = false;

  constructor({ INKLING_DATA_DIR }: Environment, startProcess: StartProcess = startTraining) {
    this.#environment = { INKLING_DATA_DIR };
    this.#startProcess = startProcess;
  }

  /** Those that have not ended, and the last ones that have, in the order in which they were added. */
  list(): Training[] {
    return this.#entries.map(({ training }) => training);
  }

  /**
   * Trains a run after those that wait.
   *
   * @param dataset the name of the data set, of which the configuration may have the path
   * @throws {Problem} 503 when too many wait
   */
  add(config: Config, dataset: string): Training {
    const waiting = this.#entries.filter(({ training }) => training.state === 'waiting');
    if (this.#isClosing || waiting.length >= MAX_WAITING_TRAININGS) {
      throw new Problem(
        503,
        `${MAX_WAITING_TRAININGS} trainings are waiting; stop one of them, or try again later`,
        RETRY_SECONDS,
      );
    }
    const { model, epochs } = config;
    const id = ++this.#count;
    const training: Training = { id, state: 'waiting', isStopping: false, dataset, model, epochs };
    const entry = { config, training };
    this.#entries.push(entry);
    this.#startNext();
    return entry.training;
  }

  /**
   * Ends a training: its run keeps the epochs that it has completed.
   *
   * @throws {Problem} 404 when there is none with this number; 409 when it has ended
   */
  stop(id: number): void {
    const entry = this.#entries.find(({ training }) => training.id === id);
    if (entry === undefined) {
      throw new Problem(404, `unknown training ${id}; GET /api/trainings lists the trainings`);
    }
    const { state } = entry.training;
    if (isEnded(state))
      throw new Problem(409, `training ${id}: expected one that has not ended, got one that is ${state}`);
    if (state === 'waiting') {
      this.#end(entry, 'stopped');
      return;
    }
    entry.training = { ...entry.training, isStopping: true };
    // A data set that is being loaded cannot be stopped otherwise, and nothing is lost.
    if (state === 'loading') void this.#current?.child.close();
    else this.#post({ type: 'stop' });
  }

  /** Stops the training, and waits until its run is saved. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const current = this.#current;
    if (current === undefined) return;
    if (!isEnded(current.entry.training.state)) this.stop(current.entry.training.id);
    const timeout = new AbortController();
    await Promise.race([current.ended, sleep(MAX_CLOSING_MS, undefined, { signal: timeout.signal })]);
    timeout.abort();
    await current.child.close();
  }

  #startNext(): void {
    const entry = this.#entries.find(({ training }) => training.state === 'waiting');
    if (this.#current !== undefined || this.#isClosing || entry === undefined) return;
    entry.training = { ...entry.training, state: 'loading' };
    try {
      this.#start(entry);
    } catch (error) {
      // The system may refuse to start a process.
      this.#end(entry, 'failed', messageOf(error));
      this.#startNext();
    }
  }

  #start(entry: Entry): void {
    let onEnded: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      onEnded = resolve;
    });
    const child = this.#startProcess({
      onMessage: (message) => {
        this.#receive(entry, message);
      },
      onEnd: (reason) => {
        if (!isEnded(entry.training.state)) this.#onDeath(entry, reason);
        this.#current = undefined;
        onEnded();
        this.#startNext();
      },
    });
    this.#current = { entry, child, ended };
    this.#post({ type: 'train', config: entry.config, environment: this.#environment });
  }

  #receive(entry: Entry, message: unknown): void {
    const report = validate(reportSchema, message, 'report of a training');
    if (report.type === 'started') {
      entry.training = { ...entry.training, state: 'training', run: report.run };
      // It was stopped at the moment when it began.
      if (entry.training.isStopping) this.#post({ type: 'stop' });
      return;
    }
    if (report.isInterrupted) this.#end(entry, 'stopped');
    else this.#end(entry, report.error === undefined ? 'done' : 'failed', report.error);
    void this.#current?.child.close();
  }

  #onDeath(entry: Entry, reason: string): void {
    if (entry.training.isStopping) this.#end(entry, 'stopped');
    else this.#end(entry, 'failed', `the process that trained it ended unexpectedly: ${reason}`);
  }

  #end(entry: Entry, state: Training['state'], error?: string): void {
    entry.training = { ...entry.training, state, isStopping: false, error };
    const ended = this.#entries.filter(({ training }) => isEnded(training.state));
    const dropped = new Set(ended.slice(0, -MAX_ENDED_TRAININGS));
    this.#entries = this.#entries.filter((each) => !dropped.has(each));
  }

  #post(request: TrainingRequest): void {
    this.#current?.child.post(request);
  }
}

function isEnded(state: Training['state']): boolean {
  return state === 'done' || state === 'stopped' || state === 'failed';
}
