import { expect, it } from 'vitest';
import { runOf } from '../../helpers/referenceRun.js';

it('imagesToFloats converts the images of a step and copies their labels', () => {
  const { run, tensors } = runOf(3, (builder) => {
    const images = builder.shared({ name: 'images', dtype: 'u8', shape: [1, 2, 2], count: 4 });
    const labels = builder.shared({ name: 'labels', dtype: 'i32', shape: [4] });
    const output = builder.perImage('output', [1, 2, 2], { halo: [2, 1] });
    const targets = builder.perImage('targets', [], { dtype: 'i32' });
    builder.add({ op: 'imagesToFloats', reads: { images, labels }, writes: { output, targets } });
    return { images, labels, output, targets };
  });
  run.set(tensors.images, [0, 1, 2, 3, 51, 102, 153, 204, 255, 254, 253, 252, 10, 20, 30, 40]);
  run.set(tensors.labels, [7, 1, 9, 4]);
  run.run({ first: 2, count: 2 });
  const expected = [255, 254, 253, 252, 10, 20, 30, 40].map((byte) => byte / 255);
  expect(run.get(tensors.output)).toEqual([...expected, 0, 0, 0, 0]);
  expect(run.get(tensors.targets)).toEqual([9, 4, 0]);
});

it('padImages copies images to a tensor with another halo and leaves the halo zero', () => {
  const { run, tensors } = runOf(2, (builder) => {
    const input = builder.perImage('input', [1, 2, 2], { halo: [0, 1] });
    const output = builder.perImage('output', [1, 2, 2], { halo: [1, 0] });
    builder.add({ op: 'padImages', reads: { input }, writes: { output } });
    return { input, output };
  });
  run.set(tensors.input, [1, 2, 3, 4, 5, 6, 7, 8]);
  run.run();
  const row = [0, 0, 0, 0];
  expect([...run.array(tensors.output)]).toEqual([...row, 1, 2, 3, 4, ...row, ...row, 5, 6, 7, 8, ...row]);
});
