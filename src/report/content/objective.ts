import { capitalize } from '../../core/format.js';
import { ADAM, type OptimizerName, OPTIMIZERS, optimizerOf } from '../../train/optimization/optimizers.js';
import type { Block, Formula, Subsection, Text } from '../document.js';
import type { ReportRun } from '../reportRun.js';
import {
  adamCorrections,
  adamMoments,
  adamStep,
  crossEntropy,
  decay,
  decoupledDecay,
  emaDecayFormula,
  nesterovSteps,
  penaltyGradient,
  power,
  sgdSteps,
  softmax,
  symbol,
} from './formulas.js';
import { scheduleBlocks } from './schedule.js';
import { cite, math, reference, sentences, text } from './text.js';

type Config = ReportRun['config'];

/** The loss function, the optimizer and everything that changes its steps. */
export function objectiveSubsection({ config }: ReportRun): Subsection {
  const { type } = optimizerOf(config);
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text: text`The softmax turns the logits ${math(symbol('z'))} into the probability ${math(symbol('p'))} of each class ${math(symbol('k'))} (${reference('softmax')}). For an image of class ${math(symbol('y'))}, the loss is the cross-entropy (${reference('cross-entropy')}).`,
    },
    displayed('softmax', softmax),
    displayed('cross-entropy', crossEntropy),
    ...trainingLossBlocks(config),
    ...(UPDATE_BLOCKS[type] ?? titleBlocks)(config),
    ...weightDecayBlocks(config),
    ...clippingBlocks(config),
    ...scheduleBlocks(config),
    ...averagingBlocks(config),
  ];
  return { id: 'objective', title: 'Loss and optimizer', blocks };
}

function displayed(id: string, formula: Formula): Block {
  return { type: 'displayedFormula', id, formula };
}

/** How the loss in training differs from the cross-entropy. */
function trainingLossBlocks({ labelSmoothing, classWeights }: Config): Block[] {
  const smoothing =
    labelSmoothing === 0
      ? []
      : text`Training uses label smoothing ${cite('szegedy2016rethinking')}: a fraction ${labelSmoothing} of each target is distributed evenly over all classes.`;
  const weighting =
    classWeights === undefined
      ? []
      : text`The training loss of each image is multiplied by the weight of its class (${reference('settings')}).`;
  const difference = sentences(smoothing, weighting);
  return difference.length === 0 ? [] : [{ type: 'paragraph', text: difference }];
}

/** Defines the symbols that the formulas of all optimizers have in common. */
function symbols({ schedule, warmupEpochs = 0, learningRate }: Config): Text {
  const isConstant = schedule === 'constant' && warmupEpochs === 0;
  return text`Here, ${math(symbol('g'))} is the gradient of the mean loss over a batch, ${math(symbol('θ'))} a parameter, and ${math(symbol('η'))} the learning rate (${isConstant ? '' : 'at most '}${learningRate}).`;
}

function adamBlocks(config: Config): Block[] {
  return [
    {
      type: 'paragraph',
      text: text`Adam ${cite('kingma2015adam')} maintains exponential moving averages of each parameter’s gradient (${reference('adam-moment-1')}) and squared gradient (${reference('adam-moment-2')}).`,
    },
    ...adamMoments.map((formula, index) => displayed(`adam-moment-${index + 1}`, formula)),
    {
      type: 'paragraph',
      text: text`It updates the parameter along the first average, scaled by the square root of the second (${reference('optimizer-step')}).`,
    },
    displayed('optimizer-step', adamStep),
    {
      type: 'paragraph',
      text: sentences(
        symbols(config),
        text`The decay rates ${math(decay(1))} and ${math(decay(2))} are ${ADAM.beta1} and ${ADAM.beta2}, and ${math(symbol('ε'))} is ${math(power(ADAM.epsilon))}.`,
        text`The hats denote bias correction, which compensates for initializing both averages to zero (${reference('adam-correction-1')} and ${reference('adam-correction-2')}).`,
      ),
    },
    ...adamCorrections.map((formula, index) => displayed(`adam-correction-${index + 1}`, formula)),
  ];
}

function sgdBlocks(config: Config): Block[] {
  const isNesterov = config.optimizer === 'nesterov';
  const { title } = OPTIMIZERS[config.optimizer];
  const [velocity, update] = isNesterov ? nesterovSteps : sgdSteps;
  return [
    {
      type: 'paragraph',
      text: text`${capitalize(title)} ${cite('sutskever2013importance')} accumulates the gradients in a velocity (${reference('sgd-velocity')}), along which it updates each parameter (${reference('optimizer-step')}).`,
    },
    displayed('sgd-velocity', velocity),
    displayed('optimizer-step', update),
    {
      type: 'paragraph',
      text: sentences(symbols(config), text`The momentum ${math(symbol('μ'))} is ${config.momentum}.`),
    },
  ];
}

/** The optimizers whose update is written out; the others are named. */
const UPDATE_BLOCKS: Partial<Record<OptimizerName, (config: Config) => Block[]>> = {
  adam: adamBlocks,
  adamw: adamBlocks,
  sgd: sgdBlocks,
  nesterov: sgdBlocks,
};

function titleBlocks(config: Config): Block[] {
  const { title } = OPTIMIZERS[config.optimizer];
  return [{ type: 'paragraph', text: sentences(text`The optimizer is ${title}.`, symbols(config)) }];
}

function weightDecayBlocks(config: Config): Block[] {
  const { type, weightDecay } = optimizerOf(config);
  if (weightDecay === 0) return [];
  const { isWeightDecayDecoupled, title } = OPTIMIZERS[type];
  const scope = text`Weight decay with coefficient ${math(symbol('λ'))} = ${weightDecay} applies to weights, but not to biases or batch normalization parameters.`;
  const [method, formula] = isWeightDecayDecoupled
    ? [
        text`${title} ${cite('loshchilov2019decoupled')} shrinks each weight before the update (${reference('weight-decay')}).`,
        decoupledDecay,
      ]
    : [
        text`It adds the gradient of an L2 penalty to the gradient of each weight (${reference('weight-decay')}).`,
        penaltyGradient,
      ];
  return [{ type: 'paragraph', text: sentences(scope, method) }, displayed('weight-decay', formula)];
}

function clippingBlocks({ clipNorm }: Config): Block[] {
  if (clipNorm === undefined) return [];
  return [
    {
      type: 'paragraph',
      text: text`If the global norm of the gradient exceeds ${clipNorm}, the gradient is scaled down to that norm before the update.`,
    },
  ];
}

function averagingBlocks({ emaDecay }: Config): Block[] {
  if (emaDecay === undefined) return [];
  return [
    {
      type: 'paragraph',
      text: text`An exponential moving average (EMA) of all parameters and batch normalization statistics is maintained during training. Validation and testing use the averaged values, which are also the ones saved. The decay after step ${math(symbol('t'))} is the smaller of ${emaDecay} and ${math(emaDecayFormula)}.`,
    },
  ];
}
