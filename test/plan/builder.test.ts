import { expect, it } from 'vitest';
import { conv2d, flatten, linear, relu } from '#inkling/layers/index.js';
import { planNetwork } from '../helpers/network.js';

it('partial gradients are added up after the operation that writes them', () => {
  const wide = () => conv2d({ outChannels: 512, kernel: 3, padding: 1 });
  const { plan } = planNetwork({
    layers: [wide(), relu(), wide(), flatten(), linear({ outFeatures: 2 })],
    imageShape: [8, 8, 3],
    imageCount: 64,
    batchSize: 64,
    mode: 'training',
  });
  const ops = plan.stages.flatMap((stage) => stage.ops);
  const sums = ops.filter((op) => op.op === 'sumPartials');
  expect(sums).toHaveLength(4);
  for (const sum of sums) {
    const writer = ops.findIndex(
      ({ op, writes }) =>
        op.endsWith('WeightGrad') &&
        Object.values(writes).some((tensor) => tensor.name === sum.reads.partials.name),
    );
    expect(writer, sum.reads.partials.name).toBeGreaterThanOrEqual(0);
    expect(ops.indexOf(sum)).toBeGreaterThan(writer);
  }
});
