import type { Op } from './generated/ops.js';

export { type Op, PARTITION } from './generated/ops.js';
export type { PaddedWindow, Partition } from './opShape.js';
export type { Nonlinearity } from './ops/nonlinearity.js';

export type OpName = Op['op'];
export type OpOf<Name extends OpName> = Extract<Op, { op: Name }>;
