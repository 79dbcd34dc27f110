// Classifies 784 pixels, from 0 to 255, in a runtime with one thread, without files, and without compiling WebAssembly.
import { InklingError, loadClassifier, provideKernels } from 'inkling';
import kernels from 'inkling/kernels/fma.wasm';
import model from 'inkling/pretrained/report-cnn-mnist.safetensors';

provideKernels(kernels, 'fma');
const classifier = loadClassifier(model);

export default {
  async fetch(request) {
    if (request.method !== 'POST') return new Response('POST 784 bytes\n', { status: 405 });
    const pixels = new Uint8Array(await request.arrayBuffer());
    try {
      return Response.json(await (await classifier).classify({ pixels, shape: [28, 28, 1] }));
    } catch (error) {
      if (!(error instanceof InklingError)) throw error;
      return Response.json({ error: error.message, code: error.code }, { status: 400 });
    }
  },
};
