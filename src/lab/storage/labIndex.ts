import * as z from 'zod/mini';
import { decodeCheckpoint, modelFrom, resolveModel } from '#inkling/index.js';
import { INPUTS } from '../data/collection.js';
import { datasetOf } from '../data/datasetOf.js';
import { PRESETS, PRETRAINED } from '../network/network.js';
import { decodePretrained } from '../network/pretrained/pretrained.js';
import { withPretrained } from '../network/pretrained/trainedPart.js';
import { PHASES, type TrainingRun } from '../training/trainingRun.js';
import { decodeCollection, decodeDataset } from './examplePieces.js';
import type { LabState, Work } from './labState.js';
import { decodeState, epochSchema } from './statePiece.js';

/** The format of what is kept; anything else is discarded. */
const FORMAT = 1;

/** What was kept by another version of the lab. */
export class OtherFormatError extends Error {}

const settingsSchema = z.strictObject({
  epochs: z.int().check(z.minimum(1)),
  learningRate: z.number().check(z.positive()),
  batchSize: z.int().check(z.minimum(1)),
  varied: z.boolean(),
  /** Absent in what earlier versions kept. */
  gpu: z._default(z.boolean(), false),
});

/** The name of a file, which is the hash of its content. */
const nameSchema = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** Examples, a network, and the settings that were changed from the defaults. */
const workFields = {
  collection: nameSchema,
  network: z.exactOptional(
    z.strictObject({
      preset: z.exactOptional(z.enum([...PRESETS, PRETRAINED])),
      classes: z.int().check(z.minimum(1)),
      model: z.unknown(),
      /** Absent in what earlier versions kept, in which it was the one that was loaded last. */
      pretrained: z.exactOptional(nameSchema),
    }),
  ),
  settings: z.strictObject({
    epochs: z.exactOptional(settingsSchema.shape.epochs),
    learningRate: z.exactOptional(settingsSchema.shape.learningRate),
    batchSize: z.exactOptional(settingsSchema.shape.batchSize),
    varied: z.exactOptional(settingsSchema.shape.varied),
    gpu: z.exactOptional(z.boolean()),
  }),
};

const runSchema = z.strictObject({
  id: z.int().check(z.minimum(1)),
  name: z.string(),
  phase: z.enum(PHASES),
  isHidden: z.boolean(),
  settings: settingsSchema,
  model: z.unknown(),
  /** Absent if it is that of the collection. */
  dataset: z.exactOptional(nameSchema),
  /** The network that it started from: the best model then consists of what was trained only. */
  pretrained: z.exactOptional(nameSchema),
  engine: z.exactOptional(
    z.strictObject({
      threads: z.int(),
      simd: z.exactOptional(z.enum(['fma', 'simd'])),
      device: z.exactOptional(
        z.strictObject({
          kind: z.enum(['cpu', 'gpu']),
          adapter: z.exactOptional(z.string()),
          trial: z.exactOptional(z.strictObject({ cpu: z.number(), gpu: z.number() })),
        }),
      ),
      limitation: z.exactOptional(z.string()),
    }),
  ),
  device: z.exactOptional(z.string()),
  /** Pairs of a position and a loss. */
  losses: z.array(z.tuple([z.number(), z.number()])),
  epochs: z.array(epochSchema),
  imagesPerSecond: z.exactOptional(z.number()),
  best: z.exactOptional(nameSchema),
  state: z.exactOptional(nameSchema),
  error: z.exactOptional(z.string()),
});

const indexSchema = z.strictObject({
  format: z.literal(FORMAT),
  ...workFields,
  runs: z.array(runSchema),
  /** Absent in what earlier versions kept, in which the last run was always the current one. */
  hasCurrent: z._default(z.boolean(), true),
  replaced: z.exactOptional(
    z.strictObject({ ...workFields, lesson: z.string(), runId: z.exactOptional(z.int()) }),
  ),
  link: z.exactOptional(z.string()),
  pretrained: z.exactOptional(nameSchema),
});

/** What is kept, besides the files that it names. */
export type LabIndex = z.infer<typeof indexSchema>;
type SavedWork = Pick<LabIndex, keyof typeof workFields>;
type SavedRun = z.infer<typeof runSchema>;

/** @param fileOf the name of the file of a part; undefined if it has none */
export function encodeIndex(state: LabState, fileOf: (part: object) => string | undefined): string {
  const { runs, hasCurrent, replaced, link, pretrained } = state;
  const nameOf = (part: object | undefined) => (part === undefined ? undefined : fileOf(part));
  const encodeWork = ({ collection, network, settings }: Work) => ({
    collection: nameOf(collection),
    network: network && {
      ...network,
      classes: resolveModel(network.model).classes,
      pretrained: nameOf(network.pretrained),
    },
    settings,
  });
  return JSON.stringify({
    format: FORMAT,
    ...encodeWork(state),
    hasCurrent,
    replaced: replaced && { ...encodeWork(replaced), lesson: replaced.lesson, runId: replaced.runId },
    link,
    pretrained: nameOf(pretrained),
    runs: runs.map(({ task, ...run }) => ({
      id: run.id,
      name: run.name,
      phase: run.phase,
      isHidden: run.isHidden === true,
      settings: task?.settings,
      model: task?.model,
      dataset: nameOf(task?.dataset),
      pretrained: nameOf(task?.pretrained),
      engine: run.engine,
      device: run.device,
      losses: run.losses.map(({ epoch, loss }) => [epoch, loss]),
      epochs: run.epochs,
      imagesPerSecond: run.imagesPerSecond,
      best: nameOf(run.best),
      state: nameOf(run.state),
      error: run.error,
    })),
  });
}

/**
 * The first half of the inverse of `encodeIndex`.
 *
 * @throws {OtherFormatError} when another version of the lab wrote it
 * @throws {Error} when it is damaged
 */
export function decodeIndex(text: string): LabIndex {
  const json: unknown = JSON.parse(text);
  const { format } = z.looseObject({ format: z.unknown() }).parse(json);
  if (format !== FORMAT) throw new OtherFormatError(`expected format ${FORMAT}`);
  return indexSchema.parse(json);
}

/** The files that an index names. */
export function filesOf({ collection, network, replaced, pretrained, runs }: LabIndex): ReadonlySet<string> {
  const ofRuns = runs.flatMap((run) => [run.dataset, run.pretrained, run.best, run.state]);
  const ofWork = [network?.pretrained, replaced?.collection, replaced?.network?.pretrained, pretrained];
  return new Set([collection, ...[...ofWork, ...ofRuns].filter((name) => name !== undefined)]);
}

/** Access to the contents of these files. */
export interface IndexedFiles {
  bytesOf(name: string): Uint8Array;
  /** Called with what was decoded from a file. */
  onDecoded(part: object, name: string): void;
}

/**
 * The second half of the inverse of `encodeIndex`.
 *
 * @throws {Error} when something does not fit together
 */
export function stateOfIndex(
  { runs, hasCurrent, replaced, link, pretrained: pretrainedName, ...saved }: LabIndex,
  files: IndexedFiles,
): LabState {
  const readDataset = reader(files, decodeDataset);
  const readModel = reader(files, (bytes) => decodeCheckpoint(bytes));
  const readState = reader(files, decodeState);
  const readCollection = reader(files, decodeCollection);
  // Its bytes are kept: what a reader receives may be a part of a larger file.
  const readPretrained = reader(files, (bytes) => decodePretrained(bytes.slice()));
  const pretrainedOf = ({ preset, pretrained: name = pretrainedName }: NonNullable<SavedWork['network']>) => {
    if (preset !== PRETRAINED) return undefined;
    if (name === undefined) throw new Error('expected the pretrained network of a saved network');
    return readPretrained(name);
  };
  const workOf = ({ collection: name, network, settings }: SavedWork): Work => {
    const collection = readCollection(name);
    const input = INPUTS[collection.kind].shape;
    return {
      collection,
      network: network && {
        preset: network.preset,
        model: modelFrom(network.model, { input, classes: network.classes }),
        pretrained: pretrainedOf(network),
      },
      settings,
    };
  };
  const work = workOf(saved);
  const { collection } = work;
  const pretrained = pretrainedName === undefined ? undefined : readPretrained(pretrainedName);
  return {
    ...work,
    hasCurrent,
    replaced: replaced && { ...workOf(replaced), lesson: replaced.lesson, runId: replaced.runId },
    link,
    pretrained,
    runs: runs.map((run) => {
      const dataset = run.dataset === undefined ? datasetOf(collection) : readDataset(run.dataset);
      if (dataset === undefined) throw new Error('expected the examples of a saved run');
      const { shape, classes } = dataset;
      const model = modelFrom(run.model, { input: shape, classes: classes.length });
      const start = run.pretrained === undefined ? undefined : readPretrained(run.pretrained);
      const readBest =
        start === undefined
          ? readModel
          : reader(files, (bytes) => withPretrained(decodeCheckpoint(bytes), model, start));
      return {
        ...withoutFiles(run),
        task: { model, dataset, settings: run.settings, ...(start && { pretrained: start }) },
        ...(run.best !== undefined && { best: readBest(run.best) }),
        ...(run.state !== undefined && { state: readState(run.state) }),
      };
    }),
  };
}

/** What reads and decodes files, each only once. */
function reader<Part extends object>(
  files: IndexedFiles,
  decode: (bytes: Uint8Array) => Part,
): (name: string) => Part {
  const parts = new Map<string, Part>();
  return (name) => {
    const known = parts.get(name);
    if (known !== undefined) return known;
    const part = decode(files.bytesOf(name));
    files.onDecoded(part, name);
    parts.set(name, part);
    return part;
  };
}

/** The part of a run that is in the index. */
function withoutFiles(saved: SavedRun): TrainingRun {
  const { id, name, phase, isHidden, engine, device, losses, epochs, imagesPerSecond, error } = saved;
  return {
    ...{ id, name, phase, isHidden, epochs },
    losses: losses.map(([epoch, loss]) => ({ epoch, loss })),
    ...(engine && { engine: { simd: undefined, ...engine } }),
    ...(device !== undefined && { device }),
    ...(imagesPerSecond !== undefined && { imagesPerSecond }),
    ...(error !== undefined && { error }),
  };
}
