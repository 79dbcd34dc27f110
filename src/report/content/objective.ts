import { ADAM, optimizerOf } from '../../train/optimizers.js';
import { ONE_CYCLE, warmupEpochsOf } from '../../train/schedules.js';
import type { Block, Formula, Subsection, Text } from '../document.js';
import type { ReportRun } from '../runs.js';
import {
  adamCorrections,
  adamMoments,
  adamStep,
  averageKept,
  cosineFactor,
  crossEntropy,
  decay,
  decayedWeight,
  nesterovSteps,
  penaltyGrad,
  power,
  sgdSteps,
  symbol,
} from './formulas.js';
import { math, sentences, text } from './text.js';

type Config = ReportRun['config'];

/** What training minimises, and how it goes about it. */
export function objective({ config }: ReportRun): Subsection {
  const { type } = optimizerOf(config);
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text: text`The loss of an image is the cross-entropy of its class ${math(symbol('y'))} under the softmax of the network’s outputs ${math(symbol('x'))}:`,
    },
    displayed(crossEntropy),
    ...(type === 'adam' || type === 'adamw' ? adam(config) : sgd(config)),
    ...weightDecay(config),
    ...clipping(config),
    ...schedule(config),
    ...averages(config),
  ];
  return { id: 'objective', title: 'Loss and optimizer', blocks };
}

function displayed(formula: Formula): Block {
  return { type: 'displayedFormula', formula };
}

/** What the letters of all optimizers stand for. */
function letters({ schedule, warmupEpochs = 0, learningRate }: Config): Text {
  const rate =
    schedule === 'constant' && warmupEpochs === 0 ? text`${learningRate}` : text`at most ${learningRate}`;
  return sentences(
    text`Here ${math(symbol('g'))} is the gradient of the mean loss of a batch, ${math(symbol('θ'))} a parameter and ${math(symbol('η'))} the learning rate,`,
    rate,
  );
}

function adam(config: Config): Block[] {
  const [first, second] = adamCorrections;
  return [
    {
      type: 'paragraph',
      text: text`Adam keeps moving averages of each parameter’s gradient and of its square,`,
    },
    ...adamMoments.map(displayed),
    {
      type: 'paragraph',
      text: text`and steps along the first, scaled by the root of the second:`,
    },
    displayed(adamStep),
    {
      type: 'paragraph',
      text: sentences(
        [
          ...letters(config),
          ...text`; the decay rates ${math(decay(1))} and ${math(decay(2))} are ${ADAM.beta1} and ${ADAM.beta2}, and ${math(symbol('ε'))} is ${math(power(ADAM.epsilon))}.`,
        ],
        text`The hats correct the averages for their start at zero:`,
      ),
    },
    displayed(first),
    displayed(second),
  ];
}

function sgd(config: Config): Block[] {
  const isNesterov = config.optimizer === 'nesterov';
  return [
    {
      type: 'paragraph',
      text: text`Stochastic gradient descent with ${isNesterov ? 'Nesterov’s momentum' : 'momentum'} moves each parameter by`,
    },
    ...(isNesterov ? nesterovSteps : sgdSteps).map(displayed),
    {
      type: 'paragraph',
      text: [...letters(config), ...text`; the momentum ${math(symbol('μ'))} is ${config.momentum}.`],
    },
  ];
}

function weightDecay(config: Config): Block[] {
  const optimizer = optimizerOf(config);
  if (optimizer.weightDecay === 0) return [];
  const where = text`Weights decay with a rate ${math(symbol('λ'))} of ${optimizer.weightDecay}, biases and the parameters of batch normalisation do not:`;
  const [how, formula] =
    optimizer.type === 'adamw'
      ? [text`AdamW shrinks a weight before each step,`, decayedWeight]
      : [text`the gradient of a weight has that of a penalty added,`, penaltyGrad];
  return [{ type: 'paragraph', text: sentences(where, how) }, displayed(formula)];
}

function clipping({ clipNorm }: Config): Block[] {
  if (clipNorm === undefined) return [];
  const words = text`Where the gradient of all parameters together is longer than ${clipNorm}, it is scaled down to that length first.`;
  return [{ type: 'paragraph', text: words }];
}

function averages({ emaDecay }: Config): Block[] {
  if (emaDecay === undefined) return [];
  return [
    {
      type: 'paragraph',
      text: text`A moving average of all parameters, running statistics included, is kept beside them; it is what validation and test saw, and what was saved. After its ${math(symbol('t'))}th step it keeps the smaller of ${emaDecay} and ${math(averageKept)} of what it was, and takes the rest from the new parameters.`,
    },
  ];
}

function schedule(config: Config): Block[] {
  const text = sentences(warmup(config), course(config));
  return text.length === 0 ? [] : [{ type: 'paragraph', text }];
}

/** How the rate rises where that is not a part of its course. */
function warmup(config: Config): Text {
  const epochs = warmupEpochsOf(config);
  if (epochs === 0 || config.schedule === 'one-cycle') return [];
  return text`In the first ${plural(epochs)} the learning rate rises linearly, step by step.`;
}

function course(config: Config): Text {
  switch (config.schedule) {
    case 'step':
      return text`Every ${plural(config.stepEpochs)} the learning rate is multiplied by ${config.stepFactor}.`;
    case 'cosine':
      return text`The learning rate falls to zero: after a share ${math(symbol('s'))} of the steps, those of a rise left out, it is ${math(cosineFactor)} of its highest value.`;
    case 'one-cycle':
      return text`The learning rate goes through one cycle: from 1/${ONE_CYCLE.startDivisor} of its highest value it rises for ${plural(warmupEpochsOf(config))}, then falls to 1/${ONE_CYCLE.endDivisor} of it, along half a cosine each.`;
    default:
      return [];
  }
}

/** `1 epoch`, `1.5 epochs` */
/** A number of epochs without what rounding left of a share of them. */
export function roundEpochs(epochs: number): number {
  return Number(epochs.toFixed(3));
}

function plural(epochs: number): string {
  return epochs === 1 ? '1 epoch' : `${roundEpochs(epochs)} epochs`;
}
