import { encode } from 'fast-png';
import type { CompanionRun } from '../companionRun.js';
import { encodeEvent, encodeVersion, imagesValue, scalarValue, type SummaryEvent } from './events.js';
import { experimentValue, type RunMetric, sessionValues } from './hparams.js';
import { prCurveValue } from './prCurve.js';
import { encodeTfRecords } from './tfRecord.js';

/** The name of an event file must contain `tfevents`. */
export const EVENT_FILE = 'events.out.tfevents.0.inkling';

/** More images of a kind say no more. */
const MAX_IMAGES = 8;

const RESULTS = [
  { tag: 'test/accuracy', title: 'test accuracy', of: ({ test }: CompanionRun) => test.accuracy },
  { tag: 'test/macro F1', title: 'macro F1', of: ({ test }: CompanionRun) => test.macroF1 },
  { tag: 'test/loss', title: 'test loss', of: ({ test }: CompanionRun) => test.loss },
] as const satisfies readonly (RunMetric & { readonly of: (run: CompanionRun) => number })[];

/**
 * The event file of a run for TensorBoard: scalars after each epoch and within epochs, images, precision-recall curves, and hyperparameters.
 *
 * @param all runs of the table of hyperparameters, which the event file of one of them describes; empty for the others
 */
export function encodeRunEvents(run: CompanionRun, all: readonly CompanionRun[]): Uint8Array {
  const { summary } = run;
  const begin = Date.parse(summary.startedAt) / 1000;
  const end = { time: begin + summary.timing.totalSeconds, step: summary.best?.epoch ?? 0 };
  const session = sessionValues(run);
  const events = [
    ...(all.length === 0 ? [] : [{ time: begin, step: 0, value: experimentValue(all, RESULTS) }]),
    { time: begin, step: 0, value: session.start },
    ...epochEvents(run, begin),
    ...stepEvents(run),
    ...RESULTS.map(({ tag, of }) => ({ ...end, value: scalarValue(tag, of(run)) })),
    ...[...imageValues(run), ...prCurves(run)].map((value) => ({ ...end, value })),
    { ...end, value: session.end },
  ];
  return encodeTfRecords([encodeVersion(begin), ...events.map(encodeEvent)]);
}

/** One step per epoch. */
function epochEvents({ summary }: CompanionRun, begin: number): SummaryEvent[] {
  let time = begin;
  return summary.epochs.flatMap(
    ({ epoch, seconds, trainLoss, trainAccuracy, validationLoss, validationAccuracy, learningRate }) => {
      time += seconds;
      const values = {
        'loss/train': trainLoss,
        'loss/validation': validationLoss,
        'accuracy/train': trainAccuracy,
        'accuracy/validation': validationAccuracy,
        'learning rate': learningRate,
      };
      return Object.entries(values).flatMap(([tag, value]) =>
        value === undefined ? [] : [{ time, step: epoch, value: scalarValue(tag, value) }],
      );
    },
  );
}

/** One step per training step of the whole run, as far as they were recorded. */
function stepEvents({ progress }: CompanionRun): SummaryEvent[] {
  return progress.flatMap(({ time, step, trainLoss, imagesPerSecond }) => [
    { time, step, value: scalarValue('within epochs/mean training loss', trainLoss) },
    { time, step, value: scalarValue('within epochs/images per second', imagesPerSecond) },
  ]);
}

function imageValues({ summary, predictionRecord }: CompanionRun): Uint8Array[] {
  const { shape, classes } = summary.dataset;
  const { samples, examples, labels, predictions } = predictionRecord;
  const groups = new Map<string, Uint8Array[]>();
  const add = (tag: string, pixels: Uint8Array) => {
    const group = groups.get(tag) ?? [];
    groups.set(tag, group);
    if (group.length < MAX_IMAGES) group.push(pixels);
  };
  for (const { label, pixels } of samples) add(`training images/${classes[label]}`, pixels);
  for (const { image, pixels } of examples) {
    const [label, prediction] = [labels[image], predictions[image]];
    if (label !== prediction) add(`errors/${classes[label]} as ${classes[prediction]}`, pixels);
  }
  const [height, width, channels] = shape;
  return [...groups].map(([tag, images]) =>
    imagesValue(tag, {
      width,
      height,
      files: images.map((data) => encode({ width, height, channels, data })),
    }),
  );
}

/** One curve per class, if the probabilities of all test images were recorded. */
function prCurves({ summary, predictionRecord }: CompanionRun): Uint8Array[] {
  const { probabilities, labels } = predictionRecord;
  const { classes } = summary.dataset;
  if (probabilities === undefined) return [];
  return classes.map((name, label) => {
    const ofClass = Array.from(labels, (_, image) => probabilities[image * classes.length + label]);
    return prCurveValue(`precision and recall/${name}`, ofClass, (image) => labels[image] === label);
  });
}
