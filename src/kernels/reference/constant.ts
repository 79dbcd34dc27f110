import type { ReferenceKernel } from './lib/kernel.js';

export const constant: ReferenceKernel<'constant'> = ({ writes, values }, memory) => {
  const output = memory.floats(writes.output);

  return () => {
    output.set(values);
  };
};
