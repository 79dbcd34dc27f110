import { beforeEach, describe, expect, it } from 'vitest';
import type { Stream } from '#inkling/cli/io.js';
import { Output, type OutputOptions } from '#inkling/cli/terminal/output.js';
import { LoadReporter, RunReporter } from '#inkling/cli/terminal/progress.js';
import { loadDataset } from '#inkling/data/load.js';
import { parseConfig } from '#inkling/train/config.js';
import type { RunEvent } from '#inkling/runs/events.js';
import { captureStream, CONTROL_CHARACTER, open, interruptibleBy } from '../capture.js';

const config = parseConfig({ epochs: 2 });

const events: readonly RunEvent[] = [
  { type: 'started', folder: 'runs/report-cnn-mnist-1', config, parameters: 25_386 },
  {
    type: 'progress',
    epoch: 1,
    epochs: 2,
    step: 32,
    steps: 64,
    trainLoss: 0.5,
    imagesPerSecond: 4321,
    secondsLeft: 75,
  },
  {
    type: 'epoch',
    isBest: true,
    record: {
      epoch: 1,
      trainLoss: 0.25,
      trainAccuracy: 0.9,
      validationLoss: 0.125,
      validationAccuracy: 0.975,
      seconds: 12.34,
      imagesPerSecond: 4400,
      learningRate: 0.001,
    },
  },
];

function outputTo(stdout: Stream, options: OutputOptions = {}): Output {
  const interruptible = interruptibleBy(new AbortController().signal);
  const environment = { NO_COLOR: '1' };
  return new Output(
    { stdout, stderr: captureStream(), environment, interruptible, open, loadDataset },
    options,
  );
}

function report(stdout: Stream & { readonly text: string }, options?: OutputOptions): string {
  const reporter = new RunReporter(outputTo(stdout, options));
  events.forEach(reporter.onEvent);
  reporter.close();
  return stdout.text;
}

describe('RunReporter', () => {
  it('prints one plain line per epoch to a pipe', () => {
    expect(report(captureStream())).toBe(
      [
        'Training report-cnn (25,386 parameters) for 2 epochs',
        'run folder: runs/report-cnn-mnist-1',
        'epoch  train loss  validation loss  validation accuracy  seconds',
        '  1/2      0.2500           0.1250              97.50 %     12.3  best',
        '',
      ].join('\n'),
    );
  });

  it('shows a live bar on a terminal, and the same line per epoch', () => {
    const text = report(captureStream({ tty: true }));
    expect(text).toMatch(/epoch 1\/2 {2}█+░+ {2}50 % {2}loss 0\.5000 {2}4,321 images\/s {2}1:15 min left/);
    expect(text).toContain('  1/2      0.2500           0.1250              97.50 %     12.3  best\n');
  });

  it.each([{ quiet: true }, { json: true }])('prints nothing with %o', (options) => {
    expect(report(captureStream({ tty: true }), options)).toBe('');
  });
});

describe('LoadReporter', () => {
  const url = 'https://example.org/mnist/train-images-idx3-ubyte.gz';
  let stdout: ReturnType<typeof captureStream>;

  function download(tty: boolean, totalBytes: number | undefined): string {
    stdout = captureStream({ tty });
    const reporter = new LoadReporter(outputTo(stdout));
    reporter.onDownload({ url, receivedBytes: 1_000_000, totalBytes });
    reporter.onDownload({ url, receivedBytes: 4_960_000, totalBytes });
    reporter.close();
    return stdout.text;
  }

  beforeEach(() => {
    stdout = captureStream();
  });

  it('prints one line per file to a pipe', () => {
    const text = download(false, 9_920_000);
    expect(text).toBe(`downloading ${url}\n`);
    expect(text).not.toMatch(CONTROL_CHARACTER);
  });

  it('shows a live bar on a terminal', () => {
    expect(download(true, 9_920_000)).toContain(' 50 %  5.0 of 9.9 MB from example.org');
  });

  it('shows the bytes received if the total is unknown', () => {
    expect(download(true, undefined)).toContain('train-images-idx3-ubyte.gz  5.0 MB from example.org');
  });
});
