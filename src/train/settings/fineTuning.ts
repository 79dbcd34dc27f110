import * as z from 'zod/mini';
import { backboneNames, IMAGENET } from '../../backbones/backboneNames.js';
import { nonEmptyString, positiveInteger } from '../../core/validate.js';
import { flags } from './flags.js';

/** Settings for fine-tuning. */
export const fineTuningSettings = {
  backbone: z.optional(z.enum(backboneNames)).register(flags, {
    value: 'NAME',
    help: `fine-tune a network that was pretrained on ImageNet: ${backboneNames.join(', ')}; by default, only its last layer is trained`,
  }),
  weights: z.optional(z.enum([IMAGENET])).register(flags, {
    value: 'NAME',
    help: `initialize the model with published weights: imagenet, for ${backboneNames.join(', ')}; the last layer is re-initialized if the classes differ`,
  }),
  initFrom: z.optional(nonEmptyString).register(flags, {
    value: 'RUN',
    help: 'fine-tune the best weights of a run, a checkpoint file, an ONNX model, or a state_dict of PyTorch, whose model --model states; the last layer is re-initialized if the classes differ',
  }),
  fineTune: z.optional(positiveInteger).register(flags, {
    value: 'N',
    help: 'after the last layer, also train the last N stages (layers with outputs of the same size), at lower learning rates',
  }),
  trainBatchNorm: z.optional(z.boolean()).register(flags, {
    help: 'with --fine-tune: also train the batch normalization of these stages, and update its running statistics',
  }),
  freeze: z.optional(z.readonly(z.array(nonEmptyString).check(z.minLength(1)))).register(flags, {
    value: 'LIST',
    help: 'names of layers to freeze during fine-tuning, such as layer1,layer2',
  }),
};
