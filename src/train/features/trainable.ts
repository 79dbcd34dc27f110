import { lastStages } from '../../models/stages.js';
import { type ResolvedModel, withInner } from '../../models/resolved.js';
import type { Trainable } from '../../models/network.js';
import type { Config } from '../config.js';
import { allButHead, frozenParameters, headOf, isWithin, trainsHeadOnly } from '../fineTune.js';

/** The learning rate of the last stage of a pretrained model, and of what follows it, relative to that of the last layer. */
const LAST_STAGE_RATE = 0.1;
/** That of each stage, relative to the next one. */
const STAGE_DECAY = 0.5;

/**
 * What of a model is trained, and how fast. Fine-tuning leaves out normalizations, whose statistics would change with every batch of few
 * images, unless `trainBatchNorm` is set, and lowers the learning rate from stage to stage. Source: Howard and Ruder, "Universal Language Model Fine-tuning for Text
 * Classification", ACL 2018.
 *
 * @throws {InklingError} when the model does not have the layers or stages
 */
export function trainableOf(
  model: ResolvedModel,
  config: Pick<Config, 'backbone' | 'freeze' | 'fineTune' | 'trainBatchNorm'>,
): Trainable {
  const { freeze = [], fineTune, trainBatchNorm = false } = config;
  if (fineTune !== undefined) return lastStagesOf(model, fineTune, trainBatchNorm);
  const frozen = trainsHeadOnly(config) ? allButHead(model) : freeze;
  return { frozen: frozenParameters(model, frozen), rateFactors: new Map() };
}

/** The last stages, what follows them, and the last layer. */
function lastStagesOf(model: ResolvedModel, count: number, trainBatchNorm: boolean): Trainable {
  const starts = lastStages(model, count);
  const head = headOf(model);
  const frozen = new Set<string>();
  const rateFactors = new Map<string, number>();
  for (const [index, layer] of model.layers.entries()) {
    const depth = starts.findIndex((start) => index >= start);
    for (const { name, layer: inner, parameters } of withInner([layer])) {
      for (const spec of parameters.filter(({ trained }) => trained)) {
        const parameter = `${name}.${spec.name}`;
        if (isWithin(parameter, head)) continue;
        const isFixed = !trainBatchNorm && inner.type.startsWith('batchNorm');
        if (depth === -1 || isFixed) frozen.add(parameter);
        else rateFactors.set(parameter, LAST_STAGE_RATE * STAGE_DECAY ** depth);
      }
    }
  }
  return { frozen, rateFactors };
}
