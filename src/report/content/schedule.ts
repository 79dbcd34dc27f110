import { formatCount } from '../../core/format.js';
import { ONE_CYCLE, warmupEpochsOf } from '../../train/optimization/schedules.js';
import type { Block, Text } from '../document.js';
import type { ReportRun } from '../reportRun.js';
import { cosineFactor, symbol } from './formulas.js';
import { cite, math, sentences, text } from './text.js';

type Config = ReportRun['config'];

/** How the learning rate changes during training; nothing if it is constant. */
export function scheduleBlocks(config: Config): Block[] {
  const schedule = sentences(warmup(config), decay(config));
  return schedule.length === 0 ? [] : [{ type: 'paragraph', text: schedule }];
}

/** A warmup that comes before the schedule; that of a one-cycle schedule is part of it. */
function warmup(config: Config): Text {
  const epochs = warmupEpochsOf(config);
  if (epochs === 0 || config.schedule === 'one-cycle') return [];
  return text`The learning rate increases linearly with every step during the ${firstEpochs(epochs)}.`;
}

function decay(config: Config): Text {
  const warmupEpochs = warmupEpochsOf(config);
  switch (config.schedule) {
    case 'step':
      return text`The learning rate is multiplied by ${config.stepFactor} every ${config.stepEpochs === 1 ? 'epoch' : `${config.stepEpochs} epochs`}.`;
    case 'cosine':
      return text`${warmupEpochs > 0 ? 'It then' : 'The learning rate'} decays to zero along a cosine ${cite('loshchilov2017sgdr')}: after a fraction ${math(symbol('s'))} of the steps${warmupEpochs > 0 ? ' that follow the warmup' : ''}, it is ${math(cosineFactor)} times its maximum.`;
    case 'one-cycle':
      return text`The learning rate follows a one-cycle schedule ${cite('smith2019super')}: during the ${firstEpochs(warmupEpochs)}, it rises from 1/${formatCount(ONE_CYCLE.startDivisor)} of its maximum to the maximum, and then it falls to 1/${formatCount(ONE_CYCLE.endDivisor)} of the maximum. Both phases follow half a cosine.`;
    default:
      return [];
  }
}

/** `first epoch`, `first 1.5 epochs` */
function firstEpochs(epochs: number): string {
  return epochs === 1 ? 'first epoch' : `first ${roundEpochs(epochs)} epochs`;
}

/** A number of epochs without the rounding error of a product such as 0.3 × 3. */
export function roundEpochs(epochs: number): number {
  return Number(epochs.toFixed(3));
}
