/** The kinds of layers, each under the name that it has as a type. A new kind is added here. */
export { avgPool2d } from './avgPool2d.js';
export { batchNorm1d } from './batchNorm1d.js';
export { batchNorm2d } from './batchNorm2d.js';
export { conv2d } from './conv2d.js';
export { dropout } from './dropout.js';
export { flatten } from './flatten.js';
export { gelu } from './gelu.js';
export { globalAvgPool2d } from './globalAvgPool2d.js';
export { leakyRelu } from './leakyRelu.js';
export { linear } from './linear.js';
export { maxPool2d } from './maxPool2d.js';
export { relu } from './relu.js';
export { silu } from './silu.js';
