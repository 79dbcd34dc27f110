import * as z from 'zod/mini';
import * as originalReport from '../../core/originalReport.js';
import { positiveInteger, positiveNumber } from '../../core/validate.js';
import { optimizerNames, OPTIMIZERS, optimizerSettings } from '../optimization/optimizers.js';
import { scheduleNames } from '../optimization/schedules.js';
import { flags } from './flags.js';

/** The weight decays that optimizers have by default, such as `0.01 with adamw, otherwise 0`. */
const defaultWeightDecays = [
  ...Object.entries(OPTIMIZERS)
    .filter(([, { defaultWeightDecay }]) => defaultWeightDecay > 0)
    .map(([name, { defaultWeightDecay }]) => `${defaultWeightDecay} with ${name}`),
  'otherwise 0',
].join(', ');

const listOf = (names: readonly string[]) => `${names.slice(0, -1).join(', ')}, or ${names.at(-1) ?? ''}`;

/** How the weights are updated. */
export const optimizationSettings = {
  optimizer: z
    ._default(z.enum(optimizerNames), originalReport.optimizer.value)
    .register(flags, { value: 'NAME', help: listOf(optimizerNames) }),
  learningRate: z
    ._default(positiveNumber, originalReport.learningRate.value)
    .register(flags, { flag: 'lr', value: 'RATE', help: 'learning rate, or its maximum with a schedule' }),
  ...optimizerSettings,
  weightDecay: z.optional(z.number().check(z.minimum(0))).register(flags, {
    value: 'RATE',
    help: `weight decay, not applied to biases and batch normalization (default: ${defaultWeightDecays})`,
  }),
  clipNorm: z
    .optional(positiveNumber)
    .register(flags, { value: 'NORM', help: 'maximum global gradient norm (default: no clipping)' }),
  schedule: z
    ._default(z.enum(scheduleNames), 'constant')
    .register(flags, { value: 'NAME', help: `learning rate schedule: ${listOf(scheduleNames)}` }),
  warmupEpochs: z.optional(z.number().check(z.minimum(0))).register(flags, {
    value: 'N',
    help: 'epochs over which the learning rate warms up (default: 30 % of the run with one-cycle, otherwise 0)',
  }),
  stepEpochs: z
    ._default(positiveInteger, 2)
    .register(flags, { value: 'N', help: 'step schedule: number of epochs between two steps' }),
  stepFactor: z._default(positiveNumber.check(z.maximum(1)), 0.1).register(flags, {
    value: 'FACTOR',
    help: 'step schedule: factor by which each step multiplies the rate',
  }),
  emaDecay: z.optional(positiveNumber.check(z.lt(1))).register(flags, {
    flag: 'ema',
    value: 'DECAY',
    help: 'decay of an exponential moving average of the weights, which is then evaluated and saved (default: no averaging)',
  }),
  monitor: z._default(z.enum(['accuracy', 'loss']), 'accuracy').register(flags, {
    value: 'METRIC',
    help: 'validation metric that selects the best epoch: accuracy, where the loss decides ties, or loss, which suits few validation images',
  }),
  patience: z.optional(positiveInteger).register(flags, {
    value: 'N',
    help: 'stop after N epochs without a better validation (default: never)',
  }),
};
