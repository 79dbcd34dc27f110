import { z } from 'zod';
import { type BatchNorm2d, batchNorm2dRule, batchNorm2dSchema } from './batchNorm2d.js';
import { type Conv2d, conv2dRule, conv2dSchema } from './conv2d.js';
import { type Dropout, dropoutRule, dropoutSchema } from './dropout.js';
import { type Flatten, flattenRule, flattenSchema } from './flatten.js';
import type { LayerRule } from './layer.js';
import { type Linear, linearRule, linearSchema } from './linear.js';
import { type MaxPool2d, maxPool2dRule, maxPool2dSchema } from './maxPool2d.js';
import { type Relu, reluRule, reluSchema } from './relu.js';

export const layerSchema = z.discriminatedUnion('type', [
  batchNorm2dSchema,
  conv2dSchema,
  dropoutSchema,
  flattenSchema,
  linearSchema,
  maxPool2dSchema,
  reluSchema,
]);

export type Layer = Readonly<z.infer<typeof layerSchema>>;
export type LayerType = Layer['type'];

const RULES: { readonly [Type in LayerType]: LayerRule<Extract<Layer, { type: Type }>> } = {
  batchNorm2d: batchNorm2dRule,
  conv2d: conv2dRule,
  dropout: dropoutRule,
  flatten: flattenRule,
  linear: linearRule,
  maxPool2d: maxPool2dRule,
  relu: reluRule,
};

/** The rule for a layer's type. */
export function ruleOf(layer: Layer): LayerRule<Layer> {
  return RULES[layer.type];
}

type Options<L> = Omit<L, 'type'>;

export const conv2d = (options: Options<Conv2d>): Conv2d => ({ type: 'conv2d', ...options });
export const batchNorm2d = (options: Options<BatchNorm2d> = {}): BatchNorm2d => ({
  type: 'batchNorm2d',
  ...options,
});
export const relu = (options: Options<Relu> = {}): Relu => ({ type: 'relu', ...options });
export const maxPool2d = (options: Options<MaxPool2d>): MaxPool2d => ({ type: 'maxPool2d', ...options });
export const dropout = (options: Options<Dropout>): Dropout => ({ type: 'dropout', ...options });
export const flatten = (options: Options<Flatten> = {}): Flatten => ({ type: 'flatten', ...options });
export const linear = (options: Options<Linear>): Linear => ({ type: 'linear', ...options });
