import type { WebgpuKernel } from './lib/kernel.js';

/** The convolutions of this backend read the weight itself, so that nothing is computed; see `conv2d.ts`. */
export const winogradWeight: WebgpuKernel<'winogradWeight'> = () => [];
