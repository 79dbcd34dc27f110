import * as z from 'zod/mini';
import { InklingError } from '../core/errors.js';
import { positiveNumber } from '../core/validate.js';
import { defineLayer } from './definition.js';
import { intermediateNode, type OnnxContext, type OnnxNode, onnxOutput } from './onnx.js';
import { planFixed } from './shared/batchNormPlan.js';
import { imageShape } from './shared/window.js';

const perChannel = (value: z.ZodMiniNumber) => z.readonly(z.array(value).check(z.minLength(1)));

export const normalize = defineLayer('normalize', {
  fields: {
    mean: perChannel(z.number()).check(z.describe('Mean of each channel')),
    deviation: perChannel(positiveNumber).check(z.describe('Standard deviation of each channel')),
  },
  description:
    '`(x - mean) / deviation`, with a fixed mean and standard deviation for each channel, which are no weights: for networks whose ' +
    'published weights expect inputs other than from 0 to 1.',

  inferOutput({ mean, deviation }, input, who) {
    const [, , channels] = imageShape(input.shape, who);
    for (const [field, { length }] of Object.entries({ mean, deviation })) {
      if (length === channels) continue;
      throw new InklingError(
        `${who}: ${field}: expected ${channels} numbers, one for each channel of its input, got ${length}`,
      );
    }
    return input;
  },

  plan({ mean, deviation }, context) {
    const factors = deviation.map((value) => 1 / value);
    const { builder } = context;
    return planFixed(context, (scale, shift) => {
      builder.prologue({ op: 'constant', reads: {}, writes: { output: scale }, values: factors });
      const values = mean.map((value, channel) => -value * factors[channel]);
      builder.prologue({ op: 'constant', reads: {}, writes: { output: shift }, values });
    });
  },

  torchModule: ({ mean, deviation }) =>
    `Normalize([${mean.map(pythonFloat).join(', ')}], [${deviation.map(pythonFloat).join(', ')}])`,
});

export const title = () => 'Normalization';

export function onnxNodes(layer: ReturnType<typeof normalize>, context: OnnxContext): readonly OnnxNode[] {
  const constant = (field: 'mean' | 'deviation') => {
    const tensor = { shape: [layer[field].length, 1, 1], values: Float32Array.from(layer[field]) };
    return intermediateNode(context, field, 'Constant', [], { value: { tensor } });
  };
  const [mean, deviation] = [constant('mean'), constant('deviation')];
  const centered = intermediateNode(context, 'centered', 'Sub', [context.input, mean.output]);
  const { name } = context;
  const inputs = [centered.output, deviation.output];
  return [mean, deviation, centered, { name, type: 'Div', inputs, output: onnxOutput(name), attributes: {} }];
}

/** A number that Python reads as a float, so that a list of whole numbers is no tensor of integers. */
function pythonFloat(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
