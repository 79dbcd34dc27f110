import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { setBackend, tensor4d } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';

/** A page that only predicts. */
globalThis.predict = async (pixels) => {
  setWasmPaths({ 'tfjs-backend-wasm-simd.wasm': simd });
  await setBackend('wasm');
  const model = await loadLayersModel('digits/model.json');
  return model.predict(tensor4d(pixels, [1, 28, 28, 1])).data();
};
