import * as z from 'zod/mini';
import type { OptimizersOp } from '../../plan/ops/optimizers.js';
import type { Step } from '../../plan/steps.js';
import type { Tensor } from '../../plan/tensor.js';
import { flags } from '../settings/flags.js';

type Settings = Readonly<Record<string, z.ZodMiniType>>;
type ValuesOf<S extends Settings> = { readonly [Name in keyof S]: z.output<S[Name]> };

/** An optimizer: its settings, its state and how it updates the parameters. */
interface OptimizerRule<S extends Settings, State extends string> {
  /** Its name in reports. */
  readonly title: string;
  /** Settings specific to it, each with a default and a flag. */
  readonly settings: S;
  /** The weight decay if none is configured. */
  readonly defaultWeightDecay: number;
  /** Whether weight decay shrinks the weights themselves, or adds the gradient of an L2 penalty to theirs. */
  readonly isWeightDecayDecoupled: boolean;
  /** Names of its state tensors, which have the parameters' shape and start from zero. */
  readonly state: readonly State[];
  readonly update: (
    tensors: { readonly parameter: Tensor; readonly gradient: Tensor },
    state: Readonly<Record<State, Tensor>>,
    settings: ValuesOf<S>,
    rateFactor: number,
  ) => OptimizersOp;
}

function optimizer<const S extends Settings, const State extends string>(
  rule: OptimizerRule<S, State>,
): OptimizerRule<S, State> {
  return rule;
}

/** PyTorch's defaults: decay rates of the moments, and the constant that keeps the quotient finite. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

const momentum = z
  ._default(z.number().check(z.minimum(0), z.lt(1)), 0.9)
  .register(flags, { value: 'FACTOR', help: 'momentum of sgd and nesterov' });

/** Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015. */
const adam = optimizer({
  title: 'Adam',
  settings: {},
  defaultWeightDecay: 0,
  isWeightDecayDecoupled: false,
  state: ['firstMoment', 'secondMoment'],
  update: ({ parameter, gradient }, state, _settings, rateFactor) => ({
    op: 'adam',
    reads: { gradient },
    writes: { parameter, ...state },
    rateFactor,
    ...ADAM,
  }),
});

/** SGD with momentum as PyTorch has it; Nesterov's evaluates the gradient one step ahead. */
const sgd = (nesterov: boolean) =>
  optimizer({
    title: `stochastic gradient descent with ${nesterov ? 'Nesterov momentum' : 'momentum'}`,
    settings: { momentum },
    defaultWeightDecay: 0,
    isWeightDecayDecoupled: false,
    state: ['velocity'],
    update: ({ parameter, gradient }, state, settings, rateFactor) => ({
      op: 'sgd',
      reads: { gradient },
      writes: { parameter, ...state },
      rateFactor,
      momentum: settings.momentum,
      nesterov,
    }),
  });

/** Every optimizer by name. Configuration, flags, help and training follow from its entry here. */
export const OPTIMIZERS = {
  adam,
  // Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019; the default decay is PyTorch's.
  adamw: { ...adam, title: 'AdamW', defaultWeightDecay: 0.01, isWeightDecayDecoupled: true },
  sgd: sgd(false),
  nesterov: sgd(true),
} as const;

type Optimizers = typeof OPTIMIZERS;
export type OptimizerName = keyof Optimizers;

export const optimizerNames = Object.keys(OPTIMIZERS) as [OptimizerName, ...OptimizerName[]];

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
type AllSettings = Intersection<Optimizers[OptimizerName]['settings']>;

/** The settings of all optimizers, for the configuration. */
export const optimizerSettings = Object.assign(
  {},
  ...Object.values(OPTIMIZERS).map(({ settings }) => settings),
) as AllSettings;

/** An optimizer with its settings. */
export type Optimizer = {
  /** The optimizer's default if undefined. */
  readonly weightDecay?: number | undefined;
  /** Maximum global norm of the gradient; no clipping if undefined. */
  readonly clipNorm?: number | undefined;
} & {
  [Name in OptimizerName]: { readonly type: Name } & ValuesOf<Optimizers[Name]['settings']>;
}[OptimizerName];

/** The optimizer that a configuration describes. */
export function optimizerOf(
  config: {
    readonly optimizer: OptimizerName;
    readonly weightDecay?: number | undefined;
    readonly clipNorm?: number | undefined;
  } & ValuesOf<AllSettings>,
): Optimizer & { readonly weightDecay: number } {
  const { optimizer: type, clipNorm } = config;
  const { settings, defaultWeightDecay } = OPTIMIZERS[type];
  const own = Object.fromEntries(Object.entries(config).filter(([name]) => name in settings));
  const weightDecay = config.weightDecay ?? defaultWeightDecay;
  // TypeScript cannot see that the settings are those of the type.
  return { type, ...own, weightDecay, clipNorm } as Optimizer & { readonly weightDecay: number };
}

/** Adam's bias corrections at its `update`-th update, counted from 1: its moments start from zero. */
export function biasCorrections(update: number): Pick<Step, 'biasCorrection1' | 'biasCorrection2'> {
  return { biasCorrection1: 1 - ADAM.beta1 ** update, biasCorrection2: 1 - ADAM.beta2 ** update };
}
