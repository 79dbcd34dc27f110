/** Measures a build of ONNX Runtime on the report's network in ONNX format. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../../build/bench/serve.js';
import { batchesOf } from './fixture.js';

/**
 * @param ort the runtime's module
 * @param configure called with the number of threads; returns the options of a session
 */
export function serveOnnxRuntime(ort, configure) {
  return serve(async (job) => {
    const options = configure(job.threads);
    const session = await ort.InferenceSession.create(
      readFileSync(join(job.folder, 'report-cnn.onnx')),
      options,
    );
    const nextBatch = batchesOf(job);
    const predict = async () => {
      const { pixels, labels } = nextBatch();
      const input = new ort.Tensor('float32', pixels, [job.batch, 1, 28, 28]);
      const { probabilities } = await session.run({ pixels: input });
      return probabilities.data[labels[0]];
    };
    return {
      checkValue: await predict(),
      async work() {
        await predict();
        return job.batch;
      },
    };
  });
}
