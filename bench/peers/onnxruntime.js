/** Measures a build of ONNX Runtime on the ONNX file of the job's network. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../../build/bench/serve.js';
import { batchesOf, inputOf } from './fixture.js';

/**
 * @param ort the runtime's module
 * @param configure called with the number of threads; returns the options of a session
 */
export function serveOnnxRuntime(ort, configure) {
  return serve(async (job) => {
    const options = configure(job.threads);
    const file = readFileSync(join(job.folder, `${job.network}.onnx`));
    const session = await ort.InferenceSession.create(file, options);
    const [height, width, channels] = inputOf(job);
    const nextBatch = batchesOf(job);
    const predict = async () => {
      const { pixels, labels } = nextBatch();
      const input = new ort.Tensor('float32', pixels, [job.batch, channels, height, width]);
      const { logits } = await session.run({ pixels: input });
      return { logits: logits.data, labels };
    };
    const { logits, labels } = await predict();
    return {
      checkValue: softmax(logits.subarray(0, logits.length / job.batch))[labels[0]],
      async work() {
        await predict();
        return job.batch;
      },
    };
  });
}

function softmax(logits) {
  const maximum = Math.max(...logits);
  const powers = Array.from(logits, (logit) => Math.exp(logit - maximum));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
