import { z } from 'zod';
import { ORIGINAL_REPORT } from '../../core/originalReport.js';
import { positiveInteger } from '../../core/validate.js';
import { optimizerNames } from '../optimizers.js';
import { scheduleNames } from '../schedules.js';
import { flags } from './flags.js';

/** How the weights are moved. */
export const optimizationSettings = {
  optimizer: z
    .enum(optimizerNames)
    .default(ORIGINAL_REPORT.optimizer.value)
    .register(flags, { value: 'NAME', help: `${optimizerNames.slice(0, -1).join(', ')} or nesterov` }),
  learningRate: z
    .number()
    .positive()
    .default(ORIGINAL_REPORT.learningRate.value)
    .register(flags, { flag: 'lr', value: 'RATE', help: 'learning rate; with a schedule, its highest' }),
  momentum: z
    .number()
    .min(0)
    .lt(1)
    .default(0.9)
    .register(flags, { value: 'SHARE', help: 'momentum of sgd and nesterov' }),
  weightDecay: z.number().min(0).optional().register(flags, {
    value: 'RATE',
    help: 'pull of weights towards zero, biases and batch normalisation left out (default: 0.01 with adamw, else 0)',
  }),
  clipNorm: z
    .number()
    .positive()
    .optional()
    .register(flags, { value: 'NORM', help: 'longest gradient of all parameters together (default: any)' }),
  schedule: z.enum(scheduleNames).default('constant').register(flags, {
    value: 'NAME',
    help: 'how the learning rate goes on: constant, step, cosine or one-cycle',
  }),
  warmupEpochs: z.number().min(0).optional().register(flags, {
    value: 'N',
    help: 'epochs in which the learning rate rises (default: 30 % of the run with one-cycle, else 0)',
  }),
  stepEpochs: positiveInteger
    .default(2)
    .register(flags, { value: 'N', help: 'epochs between the steps of the step schedule' }),
  stepFactor: z
    .number()
    .positive()
    .max(1)
    .default(0.1)
    .register(flags, { value: 'FACTOR', help: 'what a step of the step schedule multiplies the rate by' }),
  emaDecay: z.number().positive().lt(1).optional().register(flags, {
    flag: 'ema',
    value: 'DECAY',
    help: 'keep a moving average of the weights, which is validated, tested and saved (default: none)',
  }),
  patience: positiveInteger.optional().register(flags, {
    value: 'N',
    help: 'stop early when so many epochs validate no better than the best (default: never)',
  }),
};
