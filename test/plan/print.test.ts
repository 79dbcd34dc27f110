import { expect, it } from 'vitest';
import { Arena } from '#inkling/plan/arena.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import { formatPlan } from '#inkling/plan/print.js';
import { viewOf } from '#inkling/plan/tensor.js';

it('lists a plan by stage', () => {
  const builder = new PlanBuilder(new Arena(false), 64);
  const input = builder.perImage('input', [28, 28, 1], { halo: [2, 2] });
  const output = builder.perImage('output', [28, 28, 1]);
  const targets = builder.perImage('targets', [], { dtype: 'i32' });
  const logits = builder.perImage('logits', [10]);
  const logitsGrad = builder.perImage('logitsGrad', [10]);
  const totals = builder.perTask('totals', [2], 'f64');
  const partials = builder.perTask('partials', [10]);
  const flat = builder.shared({ name: 'gradients', shape: [40] });
  const velocity = builder.shared({ name: 'velocity', shape: [40] });
  const parameter = builder.shared({ name: 'parameters', shape: [40] });
  const gradient = viewOf(flat, 'bias.gradient', [10], 16);
  builder.add({ op: 'padImages', reads: { input }, writes: { output } });
  builder.add({ op: 'crossEntropy', reads: { logits, targets }, writes: { logitsGrad, totals } });
  builder.epilogue({ op: 'sumPartials', reads: { partials }, writes: { gradient } });
  builder.epilogue({
    op: 'sgd',
    rateFactor: 1,
    reads: { gradient: flat },
    writes: { parameter, velocity },
    momentum: 0.9,
    nesterov: false,
  });
  expect(formatPlan(builder.build('training'))).toBe(
    `plan training, at most 64 images per step

stage 1, by items
  padImages: input 64 × 28×28×1 f32 256.0 KiB → output 64 × 28×28×1 f32 196.0 KiB
  crossEntropy: logits 64 × 10 f32 2.5 KiB, targets 64 × i32 256 B → logitsGrad 64 × 10 f32 2.5 KiB, totals 16 × 2 f64 256 B

stage 2, by elements
  sumPartials: partials 16 × 10 f32 640 B → bias.gradient 10 f32 40 B

stage 3, by elements
  sgd: gradients 40 f32 160 B → parameters 40 f32 160 B, velocity 40 f32 160 B

3 stages, 4 operations, 13 tensors, 462.7 KiB`,
  );
});

it('prints the time of an operation before it', () => {
  const builder = new PlanBuilder(new Arena(false), 4);
  const input = builder.perImage('input', [2, 2, 1]);
  const output = builder.perImage('output', [2, 2, 1]);
  builder.add({ op: 'relu', reads: { input }, writes: { output }, maximum: Infinity });
  builder.add({ op: 'padImages', reads: { input }, writes: { output: input } });
  const plan = builder.build('test');
  const [relu, padImages] = plan.stages.flatMap(({ ops }) => ops);
  const lines = formatPlan(
    plan,
    new Map([
      [relu, 0.00125],
      [padImages, 0.000025],
    ]),
  ).split('\n');
  expect(lines.filter((line) => line.startsWith('  '))).toEqual([
    '  1250 us  98.0 %  relu: input 4 × 2×2×1 f32 64 B → output 4 × 2×2×1 f32 64 B',
    '    25 us   2.0 %  padImages: input 4 × 2×2×1 f32 64 B → input 4 × 2×2×1 f32 64 B',
  ]);
  expect(lines.at(-1)).toContain(', 1275 us per step on one thread');
});
