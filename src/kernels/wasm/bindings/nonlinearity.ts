import type { Nonlinearity } from '../../../plan/ops.js';
import { rowsOf, type BindingsOf } from './arguments.js';

/** Functions of each element by itself. */
export const nonlinearityBindings: BindingsOf<
  'relu' | 'reluGrad' | 'nonlinearity' | 'nonlinearityGrad' | 'dropout'
> = {
  relu({ reads, writes }, kernels) {
    const { rows, rowElements } = rowsOf(writes.output);
    const tables = [...rowsOf(reads.input).pitches, ...rowsOf(writes.output).pitches];
    return (_task, begin, end) => {
      kernels.relu(begin, end, ...tables, rows, rowElements);
    };
  },

  reluGrad({ reads, writes }, kernels) {
    const { rows, rowElements } = rowsOf(writes.inputGrad);
    const tables = [reads.output, reads.outputGrad, writes.inputGrad].flatMap(
      (tensor) => rowsOf(tensor).pitches,
    );
    return (_task, begin, end) => {
      kernels.reluGrad(begin, end, ...tables, rows, rowElements);
    };
  },

  nonlinearity({ reads, writes, nonlinearity }, kernels) {
    const { rows, rowElements } = rowsOf(writes.output);
    const tables = [reads.input, writes.output].flatMap((tensor) => rowsOf(tensor).pitches);
    const [kind, slope] = [KINDS[nonlinearity.kind], slopeOf(nonlinearity)];
    return (_task, begin, end) => {
      kernels.nonlinearity(kind, begin, end, ...tables, rows, rowElements, slope);
    };
  },

  nonlinearityGrad({ reads, writes, nonlinearity }, kernels) {
    const { rows, rowElements } = rowsOf(writes.inputGrad);
    const tables = [reads.input, reads.outputGrad, writes.inputGrad].flatMap(
      (tensor) => rowsOf(tensor).pitches,
    );
    const [kind, slope] = [KINDS[nonlinearity.kind], slopeOf(nonlinearity)];
    return (_task, begin, end) => {
      kernels.nonlinearityGrad(kind, begin, end, ...tables, rows, rowElements, slope);
    };
  },

  dropout({ reads, writes, probability, salt }, kernels, { steps }) {
    const { rows, rowElements } = rowsOf(writes.output);
    const tables = [...rowsOf(reads.input).pitches, ...rowsOf(writes.output).pitches];
    const constants = [salt, Math.round(probability * 2 ** 24), 1 / (1 - probability)] as const;
    return (_task, begin, end, step) => {
      kernels.dropout(begin, end, step, steps.offset, ...tables, rows, rowElements, ...constants);
    };
  },
};

/** What kernels call each function. */
const KINDS: Readonly<Record<Nonlinearity['kind'], number>> = { leakyRelu: 0, silu: 1, gelu: 2 };

function slopeOf(nonlinearity: Nonlinearity): number {
  return nonlinearity.kind === 'leakyRelu' ? nonlinearity.slope : 0;
}
