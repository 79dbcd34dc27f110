/** onnxruntime-web, which opens ONNX files independently of Inkling. */
export type OnnxRuntime = Pick<typeof import('onnxruntime-web'), 'env' | 'InferenceSession' | 'Tensor'>;

/** Where `inkling lab` serves its files. Its WebAssembly has 14 MB, of which nothing is loaded before an ONNX file is saved. */
const SCRIPT = 'onnxruntime/ort.wasm.bundle.min.mjs';

/** Loads the runtime from this site; undefined if the site does not have it, or is not reached. */
export async function loadOnnxRuntime(): Promise<OnnxRuntime | undefined> {
  const script = new URL(SCRIPT, document.baseURI).href;
  try {
    // Its types are those of the package that the script is a part of.
    const runtime = (await import(/* @vite-ignore */ script)) as OnnxRuntime;
    // Threads take longer to start than the check.
    runtime.env.wasm.numThreads = 1;
    return runtime;
  } catch {
    return undefined;
  }
}
