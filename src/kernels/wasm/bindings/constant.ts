import { FLOAT } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const constantBindings: BindingsOf<'constant'> = {
  constant({ writes: { output }, values }, kernels) {
    const calls = values.map((value, index) =>
      bindKernel(kernels, 'constant', { output: output.offset + index * FLOAT, value }),
    );
    return (...call) => {
      for (const write of calls) write(...call);
    };
  },
};
