import type { DownloadProgress } from '../../data/files/download.js';
import type { DecodeProgress } from '../../data/imageFolder/decodeFiles.js';
import type { Config } from '../../train/config.js';
import type { RunEvent } from '../../runs/events.js';
import { LiveBar } from './bar.js';
import { formatCount, formatLoss, formatPercent, formatPlural, formatSeconds } from '../../core/format.js';
import { formatLastStages, publishedNetworkOf, trainsHeadOnly } from '../../train/fineTune.js';
import { modelNameOf } from '../../train/openModel.js';
import type { Output, Span } from './output.js';

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

const COLUMNS = ['train loss', 'validation loss', 'validation accuracy', 'seconds'];
const GAP = '  ';

/** Prints the progress of runs, one after another: one line per epoch and, on a terminal, a progress bar. */
export class RunReporter {
  readonly #output: Output;
  readonly #bar: LiveBar;
  /** A notice about the data set, which all runs share and which comes before they start, is printed once. */
  readonly #notices = new Set<string>();
  #isTraining = false;
  #epochs = 0;

  constructor(output: Output) {
    this.#output = output;
    this.#bar = new LiveBar(output.stream);
  }

  readonly onEvent = (event: RunEvent): void => {
    if (event.type === 'started') this.#start(event);
    this.#isTraining = event.type !== 'finished' && (this.#isTraining || event.type === 'started');
    if (event.type === 'notice') this.#notice(event.text);
    if (event.type === 'features' && this.#output.live) this.#features(event);
    if (event.type === 'progress' && this.#output.live) this.#progress(event);
    if (event.type === 'epoch') this.#epoch(event);
    if (event.type === 'finished') this.close();
  };

  /** Removes the progress bar, which would keep the process from exiting. */
  close(): void {
    this.#bar.clear();
  }

  #start({ config, folder, parameters, newHead, resumedAfter }: EventOf<'started'>): void {
    this.#epochs = config.epochs;
    this.#output.heading(
      `Training ${modelNameOf(config.model)} (${formatCount(parameters)} parameters) for ${formatPlural(config.epochs, 'epoch')}`,
    );
    this.#output.line(`run folder: ${folder}`);
    this.#output.lines(describeStart(config, newHead));
    if (resumedAfter !== undefined) {
      this.#output.line(`resuming after epoch ${resumedAfter}`);
    }
    const header = ['epoch'.padStart(this.#epochWidth()), ...COLUMNS];
    this.#output.line({ text: header.join(GAP), format: 'dim' });
  }

  #notice(text: string): void {
    if (!this.#isTraining && this.#notices.has(text)) return;
    this.#notices.add(text);
    this.#bar.clear();
    this.#output.message(text);
  }

  #features({ done, total }: EventOf<'features'>): void {
    const details = `${formatCount(done)} of ${formatCount(total)} images`;
    this.#bar.show({ label: 'frozen layers', fraction: done / total, details });
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
      // The last layer is trained in milliseconds once the outputs of the others are known.
      record.seconds.toFixed(record.seconds < 0.1 ? 3 : 1),
    ].map((cell, column) => cell.padStart(COLUMNS[column].length));
    const epoch = `${record.epoch}/${this.#epochs}`.padStart(this.#epochWidth());
    const best: Span[] = isBest ? [GAP, { text: 'best', format: 'green' }] : [];
    this.#output.line([epoch, ...cells].join(GAP), ...best);
  }

  #epochWidth(): number {
    return Math.max('epoch'.length, `${this.#epochs}/${this.#epochs}`.length);
  }
}

/** Describes the model that is fine-tuned, and its frozen layers. */
function describeStart(config: Config, newHead: string | undefined): string[] {
  const { initFrom, freeze, fineTune, trainBatchNorm } = config;
  const published = publishedNetworkOf(config);
  const start = initFrom ?? (published && `${published}, pretrained on ImageNet`);
  if (start === undefined) return [];
  return [
    `fine-tuning ${start}${newHead === undefined ? '' : `; the last layer, ${newHead}, is re-initialized for the new classes`}`,
    ...(trainsHeadOnly(config) ? ['frozen layers: all but the last one'] : []),
    ...(freeze === undefined ? [] : [`frozen layers: ${freeze.join(', ')}`]),
    ...(fineTune === undefined
      ? []
      : [
          `trained layers: the last one first, then also ${formatLastStages(fineTune)}${trainBatchNorm === true ? ', with batch normalization' : ''}`,
        ]),
  ];
}

/** Prints the progress of loading a data set: one line per download or folder and, on a terminal, a progress bar. */
export class LoadReporter {
  readonly #output: Output;
  readonly #bar: LiveBar;
  /** The URL or folder in progress. */
  #current = '';

  constructor(output: Output) {
    this.#output = output;
    this.#bar = new LiveBar(output.stream);
  }

  readonly onDownload = (progress: DownloadProgress): void => {
    this.#begin(progress.url, `downloading ${progress.url}`);
    if (!this.#output.live) return;
    const { hostname, pathname } = new URL(progress.url);
    this.#bar.show({ label: pathname.split('/').at(-1) ?? hostname, ...amountOf(progress, hostname) });
  };

  readonly onDecode = ({ location, decodedFiles, totalFiles }: DecodeProgress): void => {
    this.#begin(location, `decoding ${formatPlural(totalFiles, 'image')} in ${location}`);
    if (!this.#output.live) return;
    const details = `${formatCount(decodedFiles)} of ${formatCount(totalFiles)}`;
    this.#bar.show({ label: 'images', fraction: decodedFiles / totalFiles, details });
  };

  close(): void {
    this.#bar.clear();
  }

  #begin(what: string, line: string): void {
    if (what === this.#current) return;
    this.#bar.clear();
    this.#current = what;
    this.#output.line(line);
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
