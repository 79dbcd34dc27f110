import {
  type Layer,
  type LayerSummary,
  type Model,
  type ModelSummary,
  preset,
  type PresetName,
  type PresetOptions,
  resolveModel,
  type Shape,
  summarize,
} from '#inkling/index.js';
import { messageOf } from '../../components/format.js';
import { INPUTS } from '../data/collection.js';
import { text } from '../text/text.js';
import { outputLayerOf } from './outputLayer.js';
import type { Pretrained } from './pretrained/pretrained.js';

/** The presets that a browser trains in minutes. */
export const PRESETS = [
  'report-cnn',
  'mlp',
  'lenet5',
  'report-cnn-dropout',
  'resnet-small',
] as const satisfies readonly PresetName[];

/** A network that others have trained, of which only the last layer is trained here. */
export const PRETRAINED = 'pretrained';

/** A preset that needs no weights. */
export type OwnPreset = (typeof PRESETS)[number];
export type LabPreset = OwnPreset | typeof PRETRAINED;

/** A network that is being built. Its last linear layer has as many outputs as there are classes. */
export interface Network {
  /** That of its model. */
  readonly name: string;
  /** Undefined once it was changed. */
  readonly preset: LabPreset | undefined;
  readonly layers: readonly Layer[];
  readonly probesWithZeros: boolean;
  /** Where the weights of a pretrained network come from; undefined for others. */
  readonly pretrained: Pretrained | undefined;
}

/** A network that works, as it is kept. */
export interface WorkingNetwork extends Pick<Network, 'preset' | 'pretrained'> {
  readonly model: Model;
}

/** The model of a network, or what is wrong with it. */
export interface ResolvedNetwork {
  /** Undefined if it does not work. */
  readonly model: Model | undefined;
  readonly totals: ModelSummary['totals'] | undefined;
  /** One entry per layer, in order; none of a pretrained network, which only takes large photos, for other images. */
  readonly rows: readonly ResolvedRow[];
}

/** What is known of a layer. */
export interface ResolvedRow {
  /** `[height, width, channels]` or `[features]`; undefined after a layer that does not work. */
  readonly output: Shape | undefined;
  readonly parameters: number;
  readonly error: string | undefined;
}

const UNKNOWN: ResolvedRow = { output: undefined, parameters: 0, error: undefined };
const OWN_NAME = 'my-network';

/** @param options the images and the number of classes */
export function networkOf(name: OwnPreset, options: PresetOptions): Network {
  return networkOfWorking({ model: preset(name, options), preset: name, pretrained: undefined });
}

export function pretrainedNetwork(pretrained: Pretrained): Network {
  return networkOfWorking({ model: pretrained.saved.model, preset: PRETRAINED, pretrained });
}

export function networkOfWorking({ model, preset: presetName, pretrained }: WorkingNetwork): Network {
  const { name, layers, probesWithZeros = false } = model;
  return { name, preset: presetName, layers, probesWithZeros, pretrained };
}

/** A network of a user, made of these layers. */
export function ownNetwork(layers: readonly Layer[], probesWithZeros = false): Network {
  return { name: OWN_NAME, preset: undefined, layers, probesWithZeros, pretrained: undefined };
}

/** Whether two models have the same layers, in whatever order these state their fields. */
export function isSameModel(a: Model, b: Model): boolean {
  return a === b || (a.name === b.name && sortedJson(a.layers) === sortedJson(b.layers));
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([x], [y]) => (x < y ? -1 : 1)))
      : each,
  );
}

/** Infers the shapes of a network, and finds its first layer that does not work. */
export function resolveNetwork(network: Network, { input, classes }: PresetOptions): ResolvedNetwork {
  const [height, width, channels] = input;
  if (network.preset === PRETRAINED && !isLargePhoto(input))
    return { model: undefined, totals: undefined, rows: [] };
  const layers = withOutputs(network.layers, classes);
  const model: Model = {
    name: network.name,
    input: [height, width, channels],
    layers,
    ...(network.probesWithZeros && { probesWithZeros: true }),
  };
  let length = layers.length;
  let error: string | undefined;
  let rows = attempt(() => rowsOf(model, length));
  while (typeof rows === 'string') {
    error = rows;
    length--;
    rows = attempt(() => rowsOf(model, length));
  }
  const failure = error ?? outputError(model, classes);
  const position = error === undefined ? layers.length - 1 : length;
  const working = rows;
  return {
    model: failure === undefined ? model : undefined,
    totals: failure === undefined ? summarize(resolveModel(model)).totals : undefined,
    rows: layers.map((layer, i) => ({
      ...(working.at(i) ?? UNKNOWN),
      error: i === position && failure !== undefined ? withoutName(failure, layer) : undefined,
    })),
  };
}

/** The layers, with as many outputs of the last linear one as there are classes. */
export function withOutputs(layers: readonly Layer[], classes: number): readonly Layer[] {
  const last = outputLayerOf(layers);
  return layers.map((layer, i) =>
    i === last && layer.type === 'linear' ? { ...layer, outFeatures: classes } : layer,
  );
}

/** Whether images are those that pretrained networks are used for. */
function isLargePhoto(input: Shape): boolean {
  return INPUTS.largePhoto.shape.every((length, axis) => length === input[axis]);
}

/** The rows of the first layers. Whatever they output is flattened, since a model must end with a list. */
function rowsOf(model: Model, length: number): ResolvedRow[] {
  const end: Layer = { type: 'flatten', name: 'end of the lab' };
  const resolved = resolveModel({ ...model, layers: [...model.layers.slice(0, length), end] });
  const summaries = summarize(resolved).rows;
  return resolved.layers.slice(0, length).map(({ name, output }) => ({
    output: output.shape,
    parameters: parametersOf(name, summaries),
    error: undefined,
  }));
}

/** Those of a layer, or of all inside a container. */
function parametersOf(name: string, rows: readonly LayerSummary[]): number {
  return rows
    .filter((row) => row.name === name || row.name.startsWith(`${name}.`))
    .reduce((sum, { parameters }) => sum + parameters, 0);
}

/** Why the outputs are not the classes. */
function outputError(model: Model, classes: number): string | undefined {
  const outputs = attempt(() => resolveModel(model).classes);
  if (typeof outputs === 'string' || outputs === classes)
    return typeof outputs === 'string' ? outputs : undefined;
  return text.network.wrongOutputs(classes, outputs);
}

/** The result, or why there is none. */
function attempt<T>(compute: () => T): T | string {
  try {
    return compute();
  } catch (error) {
    return messageOf(error);
  }
}

/** The message without the name of the layer or network, next to which it is shown. */
function withoutName(message: string, { type }: Layer): string {
  const who = `(${type}): `;
  const start = message.indexOf(who);
  return start === -1 ? message.replace(/^[\w-]+: /, '') : message.slice(start + who.length);
}
