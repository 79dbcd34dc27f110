import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { MachineError } from '#inkling/core/errors.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { verifyRun } from '#inkling/runs/verify/verifyRun.js';
import { sharedFolder } from '../../helpers/run.js';
import { noNodeGpu, runWithGpu } from '../../helpers/webgpu/nodeGpu.js';

/** The largest difference of a loss from that of the CPU; see docs/performance.md. */
const LOSS_BOUND = 1e-5;

const runDir = sharedFolder();
/** Each kind of layer takes a second to compile its shaders. */
const modelFile = join(runDir, 'linear.json');
writeFileSync(
  modelFile,
  JSON.stringify({ layers: [{ type: 'flatten' }, { type: 'linear', outFeatures: 'classes' }] }),
);

const program = `
const { fit, generateDigits, resolveModel } = await import('#inkling/index.js');
const { parseConfig } = await import('#inkling/train/config.js');
const { readResumePoint, resumeRun, trainRun, verifyRun } = await import('#inkling/node.js');
const { startOnDevice } = await import('#inkling/train/device/startOnDevice.js');
const { globals } = await import('webgpu');
const { openGpu } = await import('#inkling/platform/gpu/openGpu.js');
const messageOf = (promise) => promise.then(() => 'no error', ({ name, message }) => name + ': ' + message);

const dataset = generateDigits({ seed: 1, train: 100, test: 40 });
const { openModel } = await import('#inkling/train/openModel.js');
const file = ${JSON.stringify(modelFile)};
const model = openModel(file, { input: dataset.shape, classes: dataset.classes.length });
const losses = {};
for (const device of ['cpu', 'gpu']) {
  // More steps than two groups, so that the GPU starts some before it is known what those before them have computed.
  const training = fit({ model, dataset, settings: { device, epochs: 2, batchSize: 2, threads: 1 } });
  const { epochs, notices } = await training;
  losses[device] = { notices, device: training.engine.device, train: epochs.map(({ trainLoss }) => trainLoss) };
}

const renamed = async () => ({
  requestAdapter: async (options) => {
    const adapter = await (await openGpu()).requestAdapter(options);
    return { limits: adapter.limits, info: { description: 'Fast 9000' }, requestDevice: (request) => adapter.requestDevice(request) };
  },
});
const options = { model: resolveModel(model), dataset, batchSize: 16, threads: 1, optimizer: { type: 'adam' } };
const tried = await startOnDevice(options, { device: 'auto' }, renamed);
const numbers = [...(await tried.session.state()).values()].flatMap((values) => [...values]);
const trial = { text: tried.text, device: tried.device, isUnchanged: numbers.every((number) => number === 0 || number === 1) };
await tried.session.close();

const { requestDevice } = globals.GPUAdapter.prototype;
let opened;
globals.GPUAdapter.prototype.requestDevice = async function (request) {
  opened = await requestDevice.call(this, request);
  return opened;
};
const config = parseConfig({ model: file, dataset: 'digits', epochs: 3, batchSize: 16, threads: 1, device: 'gpu', name: 'run', runDir: ${JSON.stringify(runDir)} });
const folder = config.runDir + '/run-1';
const failure = await messageOf(trainRun(config, dataset, {
  command: 'test',
  onEvent(event) {
    if (event.type === 'epoch' && event.record.epoch === 2) opened.createBuffer({ size: 4, usage: 0xffff });
  },
}));
const resumed = await resumeRun(readResumePoint(folder, { device: 'cpu' }), dataset, { command: 'test' });
const run = {
  failure,
  devices: resumed.summary.environment.devices,
  reason: resumed.summary.stopReason,
  whole: await messageOf(verifyRun(folder, dataset)),
  part: await verifyRun(folder, dataset, { epochs: 2 }),
};
console.log(JSON.stringify({ losses, trial, run }));`;

const training = z.object({
  notices: z.array(z.string()),
  device: z.unknown().optional(),
  train: z.array(z.number()),
});
const resultSchema = z.object({
  losses: z.object({ cpu: training, gpu: training }),
  trial: z.object({ text: z.string(), device: z.unknown(), isUnchanged: z.boolean() }),
  run: z.object({
    failure: z.string(),
    devices: z.unknown(),
    reason: z.string(),
    whole: z.string(),
    part: z.object({
      result: z.string(),
      epochs: z.number(),
      environment: z.object({ devices: z.unknown() }),
    }),
  }),
});

test.skipIf(noNodeGpu !== undefined)(
  `trains on a GPU in Node.js${noNodeGpu === undefined ? '' : `: SKIPPED, ${noNodeGpu}`}`,
  async () => {
    const { losses, trial, run } = resultSchema.parse(runWithGpu(program));
    const adapter = 'SwiftShader driver 5.0.0';

    expect(losses.cpu.device).toBeUndefined();
    expect(losses.gpu.device).toEqual({ kind: 'gpu', adapter });
    expect(losses.gpu.notices).toContain(`Device: GPU ${adapter}, which computes on the processor.`);
    expect(losses.gpu.train).not.toEqual(losses.cpu.train);
    losses.gpu.train.forEach((loss, epoch) => {
      expect(Math.abs(loss - losses.cpu.train[epoch])).toBeLessThan(LOSS_BOUND);
    });

    // The processor that simulates the GPU is slower than itself.
    expect(trial.text).toMatch(
      /^Device: CPU \(1 thread\), [\d,]+ images\/s; GPU Fast 9000: [\d,]+ images\/s\.$/,
    );
    expect(trial.device).toMatchObject({ kind: 'cpu', adapter: 'Fast 9000' });
    expect(trial.isUnchanged).toBe(true);

    expect(run.failure).toMatch(
      /^MachineError: GPU: .*the option device cpu; .* has the state after epoch 2, from which it can be resumed, also with the option device cpu$/s,
    );
    expect(run.reason).toBe('completed');
    expect(run.devices).toEqual([
      { from: 1, kind: 'gpu', adapter },
      { from: 3, kind: 'cpu' },
    ]);
    expect(run.whole).toMatch(
      /^InklingError: verify: .* was trained on the GPU SwiftShader driver 5\.0\.0 and, from epoch 3, on the CPU, so that one device cannot repeat it; repeat only its first epochs \(the option epochs: 2\)$/,
    );
    expect(run.part).toMatchObject({
      result: 'same',
      epochs: 2,
      environment: { devices: [{ from: 1, kind: 'gpu', adapter }] },
    });

    // This process does not have the package.
    const folder = join(runDir, 'run-1');
    const verifying = verifyRun(folder, generateDigits({ seed: 1, train: 100, test: 40 }), { epochs: 2 });
    await expect(verifying).rejects.toThrow(MachineError);
    await expect(verifying).rejects.toThrow(
      `verify: ${folder} was trained on the GPU ${adapter}, which is needed to repeat it: training on a GPU in Node.js needs the package ` +
        'webgpu, which is optional and not installed; run "npm install webgpu" (130 MB)',
    );
  },
  240_000,
);
