import { z } from 'zod';
import {
  type AvgPool2d,
  avgPool2dRule,
  avgPool2dSchema,
  type GlobalAvgPool2d,
  globalAvgPool2dRule,
  globalAvgPool2dSchema,
} from './avgPool2d.js';
import {
  type BatchNorm1d,
  batchNorm1dRule,
  batchNorm1dSchema,
  type BatchNorm2d,
  batchNorm2dRule,
  batchNorm2dSchema,
} from './batchNorm.js';
import { type Conv2d, conv2dRule, conv2dSchema } from './conv2d.js';
import { type Dropout, dropoutRule, dropoutSchema } from './dropout.js';
import { type Flatten, flattenRule, flattenSchema } from './flatten.js';
import type { LayerRule } from './layer.js';
import { type Linear, linearRule, linearSchema } from './linear.js';
import { type MaxPool2d, maxPool2dRule, maxPool2dSchema } from './maxPool2d.js';
import {
  type Gelu,
  geluRule,
  geluSchema,
  type LeakyRelu,
  leakyReluRule,
  leakyReluSchema,
  type Silu,
  siluRule,
  siluSchema,
} from './nonlinearity.js';
import { type Relu, reluRule, reluSchema } from './relu.js';
import { type ResidualOf, residualSchemaOf } from './residual.js';

const simpleLayerSchemas = [
  avgPool2dSchema,
  batchNorm1dSchema,
  batchNorm2dSchema,
  conv2dSchema,
  dropoutSchema,
  flattenSchema,
  geluSchema,
  globalAvgPool2dSchema,
  leakyReluSchema,
  linearSchema,
  maxPool2dSchema,
  reluSchema,
  siluSchema,
] as const;

/** A layer that holds no others. */
export type SimpleLayer = Readonly<z.infer<(typeof simpleLayerSchemas)[number]>>;
export type SimpleLayerType = SimpleLayer['type'];

export type Residual = ResidualOf<Layer>;
export type Layer = SimpleLayer | Residual;
export type LayerType = Layer['type'];

/** The schema of a type of simple layer; none for other words. */
export function simpleLayerSchema(type: string) {
  return simpleLayerSchemas.find((schema) => schema.shape.type.value === type);
}

const anyLayer = z.lazy((): z.ZodType<Layer> => layerSchema);
export const layerSchema = z.discriminatedUnion('type', [...simpleLayerSchemas, residualSchemaOf(anyLayer)]);

const RULES: { readonly [Type in SimpleLayerType]: LayerRule<Extract<SimpleLayer, { type: Type }>> } = {
  avgPool2d: avgPool2dRule,
  batchNorm1d: batchNorm1dRule,
  batchNorm2d: batchNorm2dRule,
  conv2d: conv2dRule,
  dropout: dropoutRule,
  flatten: flattenRule,
  gelu: geluRule,
  globalAvgPool2d: globalAvgPool2dRule,
  leakyRelu: leakyReluRule,
  linear: linearRule,
  maxPool2d: maxPool2dRule,
  relu: reluRule,
  silu: siluRule,
};

/** The rule for a layer's type. */
export function ruleOf(layer: SimpleLayer): LayerRule<SimpleLayer> {
  return RULES[layer.type];
}

export { residualSchemaOf };

/** In alphabetical order. */
export const layerTypes: readonly string[] = [...Object.keys(RULES), 'residual'].sort();

type Options<L> = Omit<L, 'type'>;

export const conv2d = (options: Options<Conv2d>): Conv2d => ({ type: 'conv2d', ...options });
export const batchNorm1d = (options: Options<BatchNorm1d> = {}): BatchNorm1d => ({
  type: 'batchNorm1d',
  ...options,
});
export const batchNorm2d = (options: Options<BatchNorm2d> = {}): BatchNorm2d => ({
  type: 'batchNorm2d',
  ...options,
});
export const relu = (options: Options<Relu> = {}): Relu => ({ type: 'relu', ...options });
export const leakyRelu = (options: Options<LeakyRelu> = {}): LeakyRelu => ({ type: 'leakyRelu', ...options });
export const silu = (options: Options<Silu> = {}): Silu => ({ type: 'silu', ...options });
export const gelu = (options: Options<Gelu> = {}): Gelu => ({ type: 'gelu', ...options });
export const maxPool2d = (options: Options<MaxPool2d>): MaxPool2d => ({ type: 'maxPool2d', ...options });
export const avgPool2d = (options: Options<AvgPool2d>): AvgPool2d => ({ type: 'avgPool2d', ...options });
export const globalAvgPool2d = (options: Options<GlobalAvgPool2d> = {}): GlobalAvgPool2d => ({
  type: 'globalAvgPool2d',
  ...options,
});
export const dropout = (options: Options<Dropout>): Dropout => ({ type: 'dropout', ...options });
export const flatten = (options: Options<Flatten> = {}): Flatten => ({ type: 'flatten', ...options });
export const linear = (options: Options<Linear>): Linear => ({ type: 'linear', ...options });
export const residual = (options: Options<Residual>): Residual => ({ type: 'residual', ...options });
