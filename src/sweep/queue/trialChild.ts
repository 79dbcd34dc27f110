import { InklingError, MachineError } from '../../core/errors.js';
import { validate } from '../../core/validate.js';
import { type ChildHandle, startChildProcess } from './childProcess.js';
import type { SharedExecution } from './inProcessQueue.js';
import { reportSchema, type TrialReport, type TrialRequest } from './trialMessages.js';
import type { TrialEnd, TrialJob, TrialReports } from './trialQueue.js';

/** What a child process needs to train trials. */
export type ChildExecution = Omit<SharedExecution, 'dataset' | 'onEvent' | 'exchange'>;

/** The process of a job has ended before the job did. */
export interface ChildDeath {
  readonly state: 'died';
  readonly reason: string;
}

interface Current {
  readonly reports: TrialReports;
  readonly resolve: (end: TrialEnd | ChildDeath) => void;
  readonly reject: (error: unknown) => void;
}

/** A child process that loads the images of trials itself and trains one job after the other. */
export class TrialChild {
  readonly #child: ChildHandle;
  readonly #folder: string;
  readonly #onDownload: SharedExecution['onDownload'];
  #current: Current | undefined;
  #death: ChildDeath | undefined;

  constructor({ folder, images, command, note, onDownload }: ChildExecution) {
    this.#folder = folder;
    this.#onDownload = onDownload;
    this.#child = startChildProcess(new URL('./trialProcess.js', import.meta.url), {
      onMessage: (message) => {
        try {
          this.#onReport(validate(reportSchema, message, 'report of a trial'));
        } catch (error) {
          this.#current?.reject(error);
          this.#current = undefined;
        }
      },
      onEnd: (reason) => {
        this.#death = { state: 'died', reason };
        this.#end(this.#death);
      },
    });
    this.#post({ type: 'load', folder, images, command, note });
  }

  get isAlive(): boolean {
    return this.#death === undefined;
  }

  /**
   * Executes a job, after the one before has ended.
   *
   * @throws {InklingError} when the images cannot be loaded
   * @throws {MachineError} when the machine, and not the training, has failed
   * @throws what the reports throw
   */
  execute(job: TrialJob, reports: TrialReports, signal: AbortSignal): Promise<TrialEnd | ChildDeath> {
    if (this.#death !== undefined) return Promise.resolve(this.#death);
    if (signal.aborted) return Promise.resolve({ state: 'interrupted' });
    const stop = () => {
      this.#post({ type: 'stop' });
    };
    signal.addEventListener('abort', stop);
    return new Promise<TrialEnd | ChildDeath>((resolve, reject) => {
      this.#current = { reports, resolve, reject };
      this.#post({ type: 'execute', job });
    }).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  }

  /** Ends the process. */
  close(): Promise<void> {
    return this.#child.close();
  }

  #onReport(report: TrialReport): void {
    switch (report.type) {
      case 'download':
        this.#onDownload?.(report.progress);
        break;
      case 'started':
        this.#current?.reports.onStart(report.run);
        break;
      case 'epoch': {
        const { epoch, value, isLast } = report;
        if (this.#current?.reports.onEpoch(epoch, value, isLast) === true) this.#post({ type: 'stop' });
        break;
      }
      case 'ended':
        this.#end(report.end);
        break;
      case 'broken':
        throw new MachineError(report.error);
      case 'unloadable':
        throw new InklingError(
          `${this.#folder}: several runs at a time need images that other processes can load: ${report.error}; or train one at a time (parallel 1)`,
        );
    }
  }

  #end(end: TrialEnd | ChildDeath): void {
    this.#current?.resolve(end);
    this.#current = undefined;
  }

  #post(request: TrialRequest): void {
    this.#child.post(request);
  }
}
