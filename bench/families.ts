import * as z from 'zod';

export const familySchema = z.enum([
  'Inkling',
  'PyTorch',
  'onnxruntime-node',
  'onnxruntime-web',
  'tfjs',
  'jax-js',
]);
export type Family = z.infer<typeof familySchema>;

/** PyTorch's memory formats, and compilation, which chooses the format itself. */
export const variantSchema = z.enum(['contiguous', 'channels last', 'torch.compile']);
export type Variant = z.infer<typeof variantSchema>;
