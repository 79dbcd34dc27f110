import type { Shape } from '../core/shape.js';
import { ONNX_INPUT, ONNX_OUTPUT } from '../interop/onnx/encode.js';

/** Opens an ONNX file with an independent runtime. */
export type OnnxRuntime = (file: Uint8Array) => Promise<OnnxSession>;

/** An open ONNX file. */
export interface OnnxSession {
  /**
   * @param pixels `[batch, channels, height, width]`, from 0 to 1
   * @returns logits `[batch, classes]`
   */
  run(pixels: Float32Array, shape: Shape): Promise<Float32Array>;
  /** Frees its memory. */
  close(): Promise<void>;
}

/** The package that runs exported models for the check; optional, because it is large. */
export const CHECKER = 'onnxruntime-web';

/** `onnxruntime-web`; undefined if it is not installed. */
export async function findOnnxRuntime(): Promise<OnnxRuntime | undefined> {
  const runtime = await importRuntime();
  if (runtime === undefined) return undefined;
  const { env, InferenceSession, Tensor } = runtime;
  // The check takes about a second, so starting worker threads does not pay.
  env.wasm.numThreads = 1;
  return async (file) => {
    const session = await InferenceSession.create(file, { executionProviders: ['wasm'] });
    return {
      async run(pixels, shape) {
        const outputs = await session.run({ [ONNX_INPUT]: new Tensor('float32', pixels, shape) });
        const { data } = outputs[ONNX_OUTPUT];
        if (!(data instanceof Float32Array)) throw new Error(`${CHECKER}: expected float32 logits`);
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
