import { describe, expect, it } from 'vitest';
import { conv2d, dropout, flatten, linear, maxPool2d, relu } from '#inkling/layers/index.js';
import { Arena } from '#inkling/plan/arena.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import type { Op } from '#inkling/plan/ops.js';
import type { Plan } from '#inkling/plan/plan.js';
import { type Tensor, viewOf } from '#inkling/plan/tensor.js';
import { verifyPlan } from '../helpers/verifyPlan.js';
import { planNetwork } from '../helpers/network.js';

const relued = (input: Tensor, output: Tensor): Op => ({
  op: 'relu',
  reads: { input },
  writes: { output },
  maximum: Infinity,
});

/** A plan with a ReLU from one tensor to another, and its inputs. */
function planOf(build: (builder: PlanBuilder) => { inputs: Tensor[]; ops: Op[] }) {
  const arena = new Arena(false);
  const builder = new PlanBuilder(arena, 4);
  const { inputs, ops } = build(builder);
  ops.forEach((op) => {
    builder.add(op);
  });
  return { plan: builder.build('test'), bytes: arena.bytes, inputs };
}

function simple(change: (output: Tensor) => Tensor = (output) => output) {
  return planOf((builder) => {
    const input = builder.perImage('input', [6]);
    return { inputs: [input], ops: [relued(input, change(builder.perImage('output', [6])))] };
  });
}

const verify = ({ plan, bytes, inputs }: { plan: Plan; bytes: number; inputs: Tensor[] }) => {
  verifyPlan(plan, bytes, inputs);
};

describe('verifyPlan', () => {
  it('accepts the plan of a training step', () => {
    const { plan, arena, parameters, source } = planNetwork({
      layers: [
        conv2d({ outChannels: 3, kernel: 3, padding: 1 }),
        relu(),
        maxPool2d({ kernel: 2 }),
        conv2d({ outChannels: 4, kernel: 2 }),
        dropout({ probability: 0.5 }),
        flatten(),
        linear({ outFeatures: 3 }),
      ],
      imageShape: [8, 7, 1],
      imageCount: 20,
      batchSize: 6,
      mode: 'training',
    });
    const inputs = [...Object.values(source), ...parameters.values()];
    expect(() => {
      verifyPlan(plan, arena.bytes, inputs);
    }).not.toThrow();
    expect(() => {
      verifyPlan(plan, arena.bytes, inputs.slice(0, -1));
    }).toThrow('plan training: linear reads 6.bias, which is not an input and was not written before');
  });

  it('rejects a tensor that overlaps the zeros or exceeds the memory', () => {
    expect(() => {
      verify(simple((output) => ({ ...output, offset: 960 })));
    }).toThrow('plan test: output occupies the bytes 960 to 1056, expected bytes between 1024 and 6400');
    expect(() => {
      verify({ ...simple(), bytes: 1200 });
    }).toThrow('plan test: output occupies the bytes 1152 to 1248, expected bytes between 1024 and 1200');
    expect(() => {
      verify({ ...simple(), bytes: 1300 });
    }).toThrow('plan test: steps occupies the bytes 1280 to 5376, expected bytes between 1024 and 1300');
  });

  it('rejects tensors that overlap and are not aliases', () => {
    const shifted = simple((output) => ({ ...output, offset: output.offset - 64 }));
    expect(() => {
      verify(shifted);
    }).toThrow('plan test: output overlaps input; allocate them separately');
    const within = simple((output) => ({ ...output, offset: 1024, shape: [3] }));
    expect(() => {
      verify(within);
    }).toThrow('plan test: output overlaps input');
    const retyped = simple((output) => ({ ...output, offset: 1024, dtype: 'i32' }));
    expect(() => {
      verify(retyped);
    }).toThrow('plan test: output overlaps input');
    expect(() => {
      verify(simple((output) => ({ ...output, offset: 1024, shape: [1, 2, 3] })));
    }).not.toThrow();
  });

  it('accepts views of a tensor, and treats all of them together as the tensor', () => {
    const build = (written: readonly number[]) =>
      planOf((builder) => {
        const partials = builder.perTask('partials', [5]);
        const parameter = builder.shared({ name: 'parameter', shape: [37] });
        const velocity = builder.shared({ name: 'velocity', shape: [37] });
        const flat = builder.shared({ name: 'gradient', shape: [37] });
        const views = written.map((start) => viewOf(flat, `gradient ${start}`, [5], start));
        const sums = views.map((gradient): Op => ({
          op: 'sumPartials',
          reads: { partials },
          writes: { gradient },
        }));
        const update: Op = {
          op: 'sgd',
          rateFactor: 1,
          reads: { gradient: flat },
          writes: { parameter, velocity },
          momentum: 0,
          nesterov: false,
        };
        return { inputs: [partials], ops: [...sums, update] };
      });
    expect(() => {
      verify(build([0, 16, 32]));
    }).not.toThrow();
    expect(() => {
      verify(build([0, 32]));
    }).toThrow('plan test: sgd reads gradient, which is not an input and was not written before');
    expect(() => {
      verify(build([0, 4, 16, 32]));
    }).toThrow('plan test: gradient 4 overlaps gradient 0; allocate them separately');
  });

  it('rejects a tensor that is read before it is written', () => {
    const order = (ops: (a: Tensor, b: Tensor, c: Tensor) => Op[]) =>
      planOf((builder) => {
        const [a, b, c] = ['a', 'b', 'c'].map((name) => builder.perImage(name, [6]));
        return { inputs: [a], ops: ops(a, b, c) };
      });
    expect(() => {
      verify(order((a, b, c) => [relued(a, b), relued(b, c)]));
    }).not.toThrow();
    expect(() => {
      verify(order((a, b, c) => [relued(b, c), relued(a, b)]));
    }).toThrow('plan test: relu reads b, which is not an input and was not written before');
  });

  it('rejects a stage whose tasks conflict', () => {
    const { plan, bytes, inputs } = planOf((builder) => {
      const partials = builder.perTask('partials', [8]);
      const [first, second] = ['first', 'second'].map((name) => builder.shared({ name, shape: [8] }));
      const sum = (from: Tensor, gradient: Tensor): Op => ({
        op: 'sumPartials',
        reads: { partials: from },
        writes: { gradient },
      });
      return { inputs: [partials], ops: [sum(partials, first), sum(first, second)] };
    });
    expect(() => {
      verify({ plan, bytes, inputs });
    }).not.toThrow();
    const ops = plan.stages.flatMap((each) => each.ops);
    const [stage] = plan.stages;
    expect(() => {
      verify({ plan: { ...plan, stages: [{ ...stage, partition: 'elements', ops }] }, bytes, inputs });
    }).toThrow('plan test: stage 1 cannot run as one stage divided by elements: sumPartials, sumPartials');
    expect(() => {
      verify({ plan: { ...plan, stages: [{ ...stage, partition: 'items' }] }, bytes, inputs });
    }).toThrow('plan test: stage 1 cannot run as one stage divided by items: sumPartials');
  });
});
