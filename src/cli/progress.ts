import type { DownloadProgress } from '../data/download.js';
import type { RunEvent } from '../train/run.js';
import { LiveBar } from './bar.js';
import { formatCount, formatLoss, formatPercent, formatPlural, formatSeconds } from '../core/format.js';
import type { Output } from './output.js';

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

const COLUMNS = ['train loss', 'validation loss', 'validation accuracy', 'seconds'];
const GAP = '  ';

/** Says how a run goes on: a live bar on a terminal, and one line an epoch. */
export class RunReporter {
  readonly #output: Output;
  readonly #bar: LiveBar;
  #epochs = 0;

  constructor(output: Output) {
    this.#output = output;
    this.#bar = new LiveBar(output.stream);
  }

  readonly onEvent = (event: RunEvent): void => {
    if (event.type === 'started') this.#start(event);
    if (event.type === 'progress' && this.#output.live) this.#progress(event);
    if (event.type === 'epoch') this.#epoch(event);
    if (event.type === 'finished') this.close();
  };

  /** Takes the bar away; a process with a bar does not end. */
  close(): void {
    this.#bar.clear();
  }

  #start({ config, folder, parameters }: EventOf<'started'>): void {
    this.#epochs = config.epochs;
    this.#output.heading(
      `Training ${config.model} (${formatCount(parameters)} parameters) for ${formatPlural(config.epochs, 'epoch')}`,
    );
    this.#output.line(`run folder: ${folder}`);
    const header = ['epoch'.padStart(this.#epochWidth()), ...COLUMNS];
    this.#output.line(this.#output.paint('dim', header.join(GAP)));
  }

  #progress(event: EventOf<'progress'>): void {
    const { epoch, epochs, step, steps, trainLoss, imagesPerSecond, secondsLeft } = event;
    const speed = `${formatCount(imagesPerSecond)} images/s`;
    this.#bar.show({
      label: `epoch ${epoch}/${epochs}`,
      fraction: step / steps,
      details: `loss ${formatLoss(trainLoss)}  ${speed}  ${formatSeconds(secondsLeft)} left`,
    });
  }

  #epoch({ record, isBest }: EventOf<'epoch'>): void {
    this.#bar.clear();
    const cells = [
      formatLoss(record.trainLoss),
      formatLoss(record.validationLoss),
      formatPercent(record.validationAccuracy),
      record.seconds.toFixed(1),
    ].map((cell, column) => cell.padStart(COLUMNS[column].length));
    const epoch = `${record.epoch}/${this.#epochs}`.padStart(this.#epochWidth());
    const best = isBest ? [this.#output.paint('green', 'best')] : [];
    this.#output.line([epoch, ...cells, ...best].join(GAP));
  }

  #epochWidth(): number {
    return Math.max('epoch'.length, `${this.#epochs}/${this.#epochs}`.length);
  }
}

/** Says how a download goes on: a live bar on a terminal, one line a file elsewhere. */
export class DownloadReporter {
  readonly #output: Output;
  readonly #bar: LiveBar;
  #address = '';

  constructor(output: Output) {
    this.#output = output;
    this.#bar = new LiveBar(output.stream);
  }

  readonly onProgress = (progress: DownloadProgress): void => {
    if (progress.address !== this.#address) this.#next(progress.address);
    if (!this.#output.live) return;
    const { hostname, pathname } = new URL(progress.address);
    this.#bar.show({ label: pathname.split('/').at(-1) ?? hostname, ...amountOf(progress, hostname) });
  };

  close(): void {
    this.#bar.clear();
  }

  #next(address: string): void {
    this.#bar.clear();
    this.#address = address;
    this.#output.line(`downloading ${address}`);
  }
}

function amountOf({ receivedBytes, totalBytes }: DownloadProgress, host: string) {
  const received = (receivedBytes / 1e6).toFixed(1);
  if (totalBytes === undefined) return { fraction: undefined, details: `${received} MB from ${host}` };
  return {
    fraction: receivedBytes / totalBytes,
    details: `${received} of ${(totalBytes / 1e6).toFixed(1)} MB from ${host}`,
  };
}
