import * as ort from 'onnxruntime-web';
import { serveOnnxRuntime } from './onnxruntime.js';

await serveOnnxRuntime(ort, (threads) => {
  ort.env.wasm.numThreads = threads;
  return { executionProviders: ['wasm'] };
});
