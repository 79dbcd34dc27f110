import type { Shape } from '../core/shape.js';
import { ONNX_INPUT, ONNX_OUTPUT } from '../interop/onnx/encode.js';

/** Opens the bytes of an ONNX file with a runtime that is not our own. */
export type OnnxRuntime = (file: Uint8Array) => Promise<OnnxSession>;

/** An opened file. */
export interface OnnxSession {
  /**
   * @param pixels `[batch, channels, height, width]`, from 0 to 1
   * @returns logits `[batch, classes]`
   */
  run(pixels: Float32Array, shape: Shape): Promise<Float32Array>;
  close(): Promise<void>;
}

/** The package that checks what is exported, where it is installed: an optional one, as it is large. */
export const CHECKER = 'onnxruntime-web';

/** `onnxruntime-web`, or nothing where it is not installed. */
export async function findOnnxRuntime(): Promise<OnnxRuntime | undefined> {
  const runtime = await importRuntime();
  if (runtime === undefined) return undefined;
  const { env, InferenceSession, Tensor } = runtime;
  // More threads would need workers of their own for a check that takes a second.
  env.wasm.numThreads = 1;
  return async (file) => {
    const session = await InferenceSession.create(file, { executionProviders: ['wasm'] });
    return {
      async run(pixels, shape) {
        const outputs = await session.run({ [ONNX_INPUT]: new Tensor('float32', pixels, shape) });
        const { data } = outputs[ONNX_OUTPUT];
        if (!(data instanceof Float32Array)) throw new Error(`${CHECKER} gave logits that are not float32`);
        return data;
      },
      close: () => session.release(),
    };
  };
}

async function importRuntime() {
  try {
    return await import('onnxruntime-web');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
