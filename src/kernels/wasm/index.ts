import { type Pair, sizeOf } from '../../core/shape.js';
import type { Nonlinearity } from '../../plan/ops.js';
import { TASKS, taskRange } from '../../plan/plan.js';
import { BYTES_PER_ELEMENT, imageLayout, itemBytes, type Tensor } from '../../plan/tensor.js';
import { type WinogradBlock, winogradBlock } from '../../plan/winograd.js';
import type { KernelCall, KernelTable } from '../kernel.js';
import type { KernelExports } from './exports.js';

/** Binds every operation to its WebAssembly kernel: addresses and pitches in bytes are worked out here, once. */
export const wasmKernels: KernelTable<KernelExports> = {
  gatherImages({ reads, writes }, kernels, { steps }) {
    const { images, labels, order } = reads;
    const { rows, rowElements, pitches } = rowsOf(writes.output);
    const tables = [images.offset, labels.offset, order.offset, itemBytes(images), ...pitches];
    return (_task, begin, end, step) => {
      kernels.gatherImages(
        begin,
        end,
        step,
        steps.offset,
        ...tables,
        rows,
        rowElements,
        writes.targets.offset,
      );
    };
  },

  augmentImages({ reads, writes, augmentation }, kernels, { steps }) {
    const { images, labels, order } = reads;
    const { targets, partners, partnerShares } = writes;
    const tables = [images.offset, labels.offset, order.offset] as const;
    const { origin, item, row, height, width, channels } = image(writes.output);
    const output = [origin, item, row, height, width, channels] as const;
    const answers = [targets.offset, partners.offset, partnerShares.offset] as const;
    const { shift, rotate, scale, shear, elastic, crop, erase, brightness, contrast } = augmentation;
    const { mixup, cutmix, flip, border } = augmentation;
    const strengths = [shift, rotate, scale, shear, elastic, crop, erase, brightness, contrast] as const;
    const others = [mixup, cutmix, Number(flip), Number(border === 'reflect')] as const;
    const all = [...tables, ...output, ...answers, ...strengths, ...others];
    return (_task, begin, end, step) => {
      kernels.augmentImages(begin, end, step, steps.offset, ...all);
    };
  },

  padImages({ reads, writes }, kernels) {
    const { rows, rowElements } = rowsOf(writes.output);
    const tables = [...rowsOf(reads.input).pitches, ...rowsOf(writes.output).pitches];
    return (_task, begin, end) => {
      kernels.padImages(begin, end, ...tables, rows, rowElements);
    };
  },

  add({ reads, writes }, kernels) {
    const { rows, rowElements } = rowsOf(writes.output);
    const tables = [reads.input, reads.other, writes.output].flatMap((tensor) => rowsOf(tensor).pitches);
    return (_task, begin, end) => {
      kernels.add(begin, end, ...tables, rows, rowElements);
    };
  },

  winogradWeight({ reads: { weight }, writes: { transformed } }, kernels) {
    const [inputs, outputs] = weight.shape.slice(-2);
    const matrix = inputs * outputs;
    return byElements(matrix / LANES, (begin, end) => {
      kernels.winogradWeight(begin, end, weight.offset, matrix * FLOAT, transformed.offset);
    });
  },

  conv2d({ reads, writes, ...shape }, kernels, { scratch }) {
    const { input, weight, bias, transformed } = reads;
    const output = sizesOf(writes.output);
    if (transformed !== undefined) {
      const weights = [transformed.offset, bias?.offset ?? ZEROS];
      const tables = [...paddedOf(input, shape.padding), ...weights, ...output];
      return byWinograd(kernels.winogradConv2d, tables, winogradBlock(input, writes.output), scratch);
    }
    const window = windowOf(input, shape);
    return (_task, begin, end) => {
      kernels.conv2d(begin, end, ...window, weight.offset, bias?.offset ?? ZEROS, ...output);
    };
  },

  conv2dInputGrad({ reads, writes, kernel, stride, padding }, kernels, { scratch }) {
    const { outputGrad, transposed, transformed } = reads;
    const from = image(outputGrad);
    const output = sizesOf(writes.inputGrad);
    if (stride[0] !== 1 || stride[1] !== 1) {
      const tables = [...sizesOf(outputGrad), ...kernel, ...stride, ...padding, transposed.offset, ...output];
      return (_task, begin, end) => {
        kernels.conv2dInputGradStrided(begin, end, ...tables);
      };
    }
    const [above, before] = [kernel[0] - 1 - padding[0], kernel[1] - 1 - padding[1]];
    const start = from.origin - above * from.row - before * from.pixel;
    if (transformed !== undefined) {
      const tables = [start, from.item, from.row, from.channels, transformed.offset, ZEROS, ...output];
      return byWinograd(kernels.winogradConv2d, tables, winogradBlock(outputGrad, writes.inputGrad), scratch);
    }
    const sizes = [start, from.item, from.row, from.height, from.width, from.channels] as const;
    return (_task, begin, end) => {
      kernels.conv2dInputGrad(begin, end, ...sizes, ...kernel, above, before, transposed.offset, ...output);
    };
  },

  conv2dWeightGrad({ reads, writes, winograd, ...shape }, kernels, { scratch }) {
    const { input, outputGrad } = reads;
    const { weightPartials, biasPartials } = writes;
    const grad = sizesOf(outputGrad);
    const partials = (task: number) =>
      [slot(weightPartials, task), biasPartials ? slot(biasPartials, task) : ZEROS] as const;
    if (winograd) {
      const { rows, inputPlane, outputPlane } = winogradBlock(input, outputGrad);
      const tables = [...paddedOf(input, shape.padding), ...grad] as const;
      const block = [rows, inputPlane, outputPlane] as const;
      return (task, begin, end, _step, worker) => {
        const place = slot(scratch, worker);
        kernels.winogradConv2dWeightGrad(begin, end, ...tables, ...partials(task), ...block, place);
      };
    }
    const window = windowOf(input, shape);
    return (task, begin, end) => {
      kernels.conv2dWeightGrad(begin, end, ...window, ...grad, ...partials(task));
    };
  },

  groupedConv2d({ reads: { input, weight, bias }, writes: { output }, groups, ...shape }, kernels) {
    const [start, item, row] = windowOf(input, shape);
    const window = [...shape.kernel, ...shape.stride] as const;
    const weights = [weight.offset, bias?.offset ?? ZEROS] as const;
    const to = sizesOf(output);
    if (isDepthwise(groups, input, output)) {
      return (_task, begin, end) => {
        kernels.depthwiseConv2d(begin, end, start, item, row, ...window, ...weights, ...to);
      };
    }
    const channels = input.shape[2];
    return (_task, begin, end) => {
      kernels.groupedConv2d(begin, end, start, item, row, channels, ...window, groups, ...weights, ...to);
    };
  },

  groupedConv2dInputGrad({ reads, writes: { inputGrad }, groups, ...shape }, kernels) {
    const { outputGrad, transposed } = reads;
    const { origin, item, row, height, width, channels } = image(outputGrad);
    const from = [origin, item, row, height, width] as const;
    const window = [...shape.kernel, ...shape.stride, ...shape.padding] as const;
    const to = sizesOf(inputGrad);
    if (isDepthwise(groups, inputGrad, outputGrad)) {
      return (_task, begin, end) => {
        kernels.depthwiseConv2dInputGrad(begin, end, ...from, ...window, transposed.offset, ...to);
      };
    }
    return (_task, begin, end) => {
      const weights = [groups, transposed.offset] as const;
      kernels.groupedConv2dInputGrad(begin, end, ...from, channels, ...window, ...weights, ...to);
    };
  },

  groupedConv2dWeightGrad({ reads: { input, outputGrad }, writes, groups, ...shape }, kernels) {
    const [start, item, row] = windowOf(input, shape);
    const window = [...shape.kernel, ...shape.stride] as const;
    const grads = sizesOf(outputGrad);
    const partials = (task: number) =>
      [
        slot(writes.weightPartials, task),
        writes.biasPartials ? slot(writes.biasPartials, task) : ZEROS,
      ] as const;
    if (isDepthwise(groups, input, outputGrad)) {
      return (task, begin, end) => {
        const from = [start, item, row] as const;
        kernels.depthwiseConv2dWeightGrad(begin, end, ...from, ...window, ...grads, ...partials(task));
      };
    }
    const from = [start, item, row, input.shape[2]] as const;
    return (task, begin, end) => {
      kernels.groupedConv2dWeightGrad(begin, end, ...from, ...window, groups, ...grads, ...partials(task));
    };
  },

  linear({ reads: { input, weight, bias }, writes: { output } }, kernels) {
    const from = [input.offset, sizeOf(input.shape)] as const;
    return (_task, begin, end) => {
      const tables = [weight.offset, bias?.offset ?? ZEROS, output.offset] as const;
      kernels.linear(begin, end, ...from, ...tables, sizeOf(output.shape));
    };
  },

  linearInputGrad({ reads: { outputGrad, transposed }, writes: { inputGrad } }, kernels) {
    const tables = [
      outputGrad.offset,
      sizeOf(outputGrad.shape),
      transposed.offset,
      inputGrad.offset,
    ] as const;
    return (_task, begin, end) => {
      kernels.linearInputGrad(begin, end, ...tables, sizeOf(inputGrad.shape));
    };
  },

  linearWeightGrad({ reads: { input, outputGrad }, writes: { weightGrad, biasGrad } }, kernels, { steps }) {
    const [inputs, outputs] = [sizeOf(input.shape), sizeOf(outputGrad.shape)];
    const tables = [
      input.offset,
      inputs,
      outputGrad.offset,
      outputs,
      weightGrad.offset,
      biasGrad?.offset ?? ZEROS,
    ] as const;
    return (task, _begin, _end, step) => {
      const ranges = [...taskRange(inputs, task), ...taskRange(outputs, task)] as const;
      kernels.linearWeightGrad(...ranges, step, steps.offset, ...tables);
    };
  },

  transposeWeight({ reads: { weight }, writes: { transposed } }, kernels) {
    const [inputs, outputs] = weight.shape.slice(-2);
    const elements = sizeOf(weight.shape);
    const taps = elements / (inputs * outputs);
    return byElements(elements, (begin, end) => {
      kernels.transposeWeight(begin, end, weight.offset, taps, inputs, outputs, transposed.offset);
    });
  },

  channelSums({ reads, writes }, kernels) {
    const input = sizesOf(reads.input);
    return (task, begin, end) => {
      kernels.channelSums(begin, end, ...input, slot(writes.sums, task));
    };
  },

  batchNormStatistics({ reads, writes, positions, epsilon, momentum }, kernels, { steps }) {
    const { sums, gamma, beta } = reads;
    const channels = sizeOf(gamma.shape);
    const input = [
      sums.offset,
      TASKS,
      channels,
      positions,
      gamma.offset,
      beta.offset,
      epsilon,
      momentum,
    ] as const;
    const { mean, inverseDeviation, scale, shift, runningMean, runningVariance } = writes;
    const output = [mean, inverseDeviation, scale, shift, runningMean, runningVariance].map((t) => t.offset);
    return (_task, _begin, _end, step) => {
      kernels.batchNormStatistics(step, steps.offset, ...input, ...output);
    };
  },

  batchNormRunning({ reads, writes, epsilon }, kernels) {
    const { gamma, beta, runningMean, runningVariance } = reads;
    const input = [gamma, beta, runningMean, runningVariance].map((tensor) => tensor.offset);
    return () => {
      kernels.batchNormRunning(
        sizeOf(gamma.shape),
        ...input,
        epsilon,
        writes.scale.offset,
        writes.shift.offset,
      );
    };
  },

  scaleShift({ reads, writes }, kernels) {
    const from = image(reads.input);
    const to = image(writes.output);
    const tables = [from.origin, from.item, from.row, to.origin, to.item, to.row] as const;
    const sizes = [to.height, to.width, to.channels, reads.scale.offset, reads.shift.offset] as const;
    return (_task, begin, end) => {
      kernels.scaleShift(begin, end, ...tables, ...sizes);
    };
  },

  batchNormGradSums({ reads, writes }, kernels) {
    const values = image(reads.input);
    const grads = image(reads.outputGrad);
    const tables = [values.origin, values.item, values.row, grads.origin, grads.item, grads.row] as const;
    const sizes = [values.height, values.width, values.channels, reads.mean.offset] as const;
    return (task, begin, end) => {
      kernels.batchNormGradSums(begin, end, ...tables, ...sizes, slot(writes.sums, task));
    };
  },

  batchNormGradStatistics({ reads, writes, positions }, kernels, { steps }) {
    const { sums, gamma, mean, inverseDeviation } = reads;
    const input = [gamma.offset, mean.offset, inverseDeviation.offset] as const;
    const output = [writes.gammaGrad.offset, writes.betaGrad.offset, writes.coefficients.offset] as const;
    const sizes = [TASKS, sizeOf(gamma.shape), positions] as const;
    return (_task, _begin, _end, step) => {
      kernels.batchNormGradStatistics(step, steps.offset, sums.offset, ...sizes, ...input, ...output);
    };
  },

  batchNormInputGrad({ reads, writes }, kernels) {
    const tensors = [reads.input, reads.outputGrad, writes.inputGrad].map(image);
    const tables = tensors.flatMap(({ origin, item, row }) => [origin, item, row]);
    const { height, width, channels } = tensors[0];
    return (_task, begin, end) => {
      kernels.batchNormInputGrad(begin, end, ...tables, height, width, channels, reads.coefficients.offset);
    };
  },

  relu({ reads, writes }, kernels) {
    const { rows, rowElements } = rowsOf(writes.output);
    const tables = [...rowsOf(reads.input).pitches, ...rowsOf(writes.output).pitches];
    return (_task, begin, end) => {
      kernels.relu(begin, end, ...tables, rows, rowElements);
    };
  },

  reluGrad({ reads, writes }, kernels) {
    const { rows, rowElements } = rowsOf(writes.inputGrad);
    const tables = [reads.output, reads.outputGrad, writes.inputGrad].flatMap(
      (tensor) => rowsOf(tensor).pitches,
    );
    return (_task, begin, end) => {
      kernels.reluGrad(begin, end, ...tables, rows, rowElements);
    };
  },

  nonlinearity({ reads, writes, nonlinearity }, kernels) {
    const { rows, rowElements } = rowsOf(writes.output);
    const tables = [reads.input, writes.output].flatMap((tensor) => rowsOf(tensor).pitches);
    const [kind, slope] = [KINDS[nonlinearity.kind], slopeOf(nonlinearity)];
    return (_task, begin, end) => {
      kernels.nonlinearity(kind, begin, end, ...tables, rows, rowElements, slope);
    };
  },

  nonlinearityGrad({ reads, writes, nonlinearity }, kernels) {
    const { rows, rowElements } = rowsOf(writes.inputGrad);
    const tables = [reads.input, reads.outputGrad, writes.inputGrad].flatMap(
      (tensor) => rowsOf(tensor).pitches,
    );
    const [kind, slope] = [KINDS[nonlinearity.kind], slopeOf(nonlinearity)];
    return (_task, begin, end) => {
      kernels.nonlinearityGrad(kind, begin, end, ...tables, rows, rowElements, slope);
    };
  },

  maxPool2d({ reads, writes, kernel, stride }, kernels) {
    const from = image(reads.input);
    const to = image(writes.output);
    const input = [
      from.origin,
      from.item,
      from.row,
      from.pixel,
      stride[0] * from.row,
      stride[1] * from.pixel,
    ] as const;
    const output = [to.origin, to.item, to.row, to.height, to.width] as const;
    return (_task, begin, end) => {
      kernels.maxPool2d(begin, end, ...input, ...kernel, ...output);
    };
  },

  maxPool2dGrad({ reads, writes, kernel, stride }, kernels) {
    const from = image(reads.input);
    const grad = image(reads.outputGrad);
    const to = image(writes.inputGrad);
    const input = [
      from.origin,
      from.item,
      from.row,
      from.pixel,
      stride[0] * from.row,
      stride[1] * from.pixel,
    ] as const;
    const output = [grad.origin, grad.item, grad.row, grad.height, grad.width] as const;
    const inputGrad = [
      to.origin,
      to.item,
      to.row,
      stride[0] * to.row,
      to.height,
      to.width * to.pixel,
    ] as const;
    return (_task, begin, end) => {
      kernels.maxPool2dGrad(begin, end, ...input, ...kernel, ...output, ...inputGrad);
    };
  },

  avgPool2d({ reads, writes, kernel, stride }, kernels) {
    const from = image(reads.input);
    const to = image(writes.output);
    const steps = [from.pixel, stride[0] * from.row, stride[1] * from.pixel, ...kernel] as const;
    const output = [to.origin, to.item, to.row, to.height, to.width] as const;
    return (_task, begin, end) => {
      kernels.avgPool2d(begin, end, from.origin, from.item, from.row, ...steps, ...output);
    };
  },

  avgPool2dGrad({ reads, writes, kernel, stride }, kernels) {
    const from = image(reads.outputGrad);
    const to = image(writes.inputGrad);
    const output = [from.origin, from.item, from.row, from.height, from.width] as const;
    const steps = [to.pixel, stride[0] * to.row, stride[1] * to.pixel, ...kernel] as const;
    const rows = [to.height, to.width * to.pixel] as const;
    return (_task, begin, end) => {
      kernels.avgPool2dGrad(begin, end, ...output, to.origin, to.item, to.row, ...steps, ...rows);
    };
  },

  normRelu({ reads: { input, scale, shift, other }, writes: { output } }, kernels) {
    const tables = [input, other, output].flatMap((tensor) => {
      if (tensor === undefined) return [ZEROS, 0, 0];
      const { origin, item, row } = image(tensor);
      return [origin, item, row];
    });
    const { height, width, channels } = image(output);
    return (_task, begin, end) => {
      kernels.normRelu(begin, end, ...tables, height, width, channels, scale.offset, shift.offset);
    };
  },

  normReluGradSums({ reads, writes }, kernels) {
    const values = image(reads.input);
    const grads = image(reads.outputGrad);
    const tables = [values.origin, values.item, values.row, grads.origin, grads.item, grads.row] as const;
    const sizes = [values.height, values.width, values.channels] as const;
    const channel = [reads.scale.offset, reads.shift.offset, reads.mean.offset] as const;
    return (task, begin, end) => {
      kernels.normReluGradSums(begin, end, ...tables, ...sizes, ...channel, slot(writes.sums, task));
    };
  },

  normReluInputGrad({ reads, writes }, kernels) {
    const tensors = [reads.input, reads.outputGrad, writes.inputGrad].map(image);
    const tables = tensors.flatMap(({ origin, item, row }) => [origin, item, row]);
    const { height, width, channels } = tensors[0];
    const channel = [reads.scale.offset, reads.shift.offset, reads.coefficients.offset] as const;
    return (_task, begin, end) => {
      kernels.normReluInputGrad(begin, end, ...tables, height, width, channels, ...channel);
    };
  },

  normReluPool2d({ reads, writes }, kernels) {
    const from = image(reads.input);
    const to = image(writes.output);
    const tables = [from.origin, from.item, from.row, to.origin, to.item, to.row] as const;
    const sizes = [to.height, to.width, to.pixel, reads.scale.offset, reads.shift.offset] as const;
    return (_task, begin, end) => {
      kernels.normReluPool2d(begin, end, ...tables, ...sizes);
    };
  },

  conv2dNormReluPool2d({ reads, writes: { output }, padding }, kernels, { scratch }) {
    const { input, transformed, bias, scale, shift } = reads;
    const weights = [transformed.offset, bias?.offset ?? ZEROS, scale.offset, shift.offset];
    const tables = [...paddedOf(input, padding), ...weights, ...sizesOf(output)];
    return byWinograd(kernels.winogradNormReluPool2d, tables, winogradBlock(input, output, true), scratch);
  },

  normReluPool2dGradSums({ reads, writes }, kernels) {
    const values = image(reads.input);
    const grads = image(reads.outputGrad);
    const tables = [values.origin, values.item, values.row, grads.origin, grads.item, grads.row] as const;
    const channel = [reads.scale.offset, reads.shift.offset, reads.mean.offset] as const;
    return (task, begin, end) => {
      const sizes = [grads.height, grads.width, grads.pixel] as const;
      kernels.normReluPool2dGradSums(begin, end, ...tables, ...sizes, ...channel, slot(writes.sums, task));
    };
  },

  normReluPool2dInputGrad({ reads, writes }, kernels) {
    const values = image(reads.input);
    const grads = image(reads.outputGrad);
    const to = image(writes.inputGrad);
    const input = [values.origin, values.item, values.row, values.height, values.width] as const;
    const tables = [grads.origin, grads.item, grads.row, to.origin, to.item, to.row] as const;
    const sizes = [grads.height, grads.width, grads.pixel] as const;
    const channel = [reads.scale.offset, reads.shift.offset, reads.coefficients.offset] as const;
    return (_task, begin, end) => {
      kernels.normReluPool2dInputGrad(begin, end, ...input, ...tables, ...sizes, ...channel);
    };
  },

  dropout({ reads, writes, probability, salt }, kernels, { steps }) {
    const { rows, rowElements } = rowsOf(writes.output);
    const tables = [...rowsOf(reads.input).pitches, ...rowsOf(writes.output).pitches];
    const constants = [salt, Math.round(probability * 2 ** 24), 1 / (1 - probability)] as const;
    return (_task, begin, end, step) => {
      kernels.dropout(begin, end, step, steps.offset, ...tables, rows, rowElements, ...constants);
    };
  },

  crossEntropy({ reads: { logits, targets }, writes: { logitsGrad, totals } }, kernels, { steps }) {
    const tables = [logits.offset, sizeOf(logits.shape), targets.offset, logitsGrad.offset] as const;
    return (task, begin, end, step) => {
      kernels.crossEntropy(begin, end, step, steps.offset, ...tables, slot(totals, task));
    };
  },

  sumTargetWeights({ reads, writes: { weightSums } }, kernels) {
    const { targets, partners, partnerShares, classWeights } = reads;
    const tables = [targets, partners, partnerShares, classWeights].map(({ offset }) => offset);
    return (task, begin, end) => {
      kernels.sumTargetWeights(begin, end, ...tables, slot(weightSums, task));
    };
  },

  softCrossEntropy({ reads, writes: { logitsGrad, totals }, smoothing }, kernels, { steps }) {
    const { logits, targets, partners, partnerShares, classWeights, weightSums } = reads;
    const answers = [targets, partners, partnerShares, classWeights].map(({ offset }) => offset);
    const tables = [logits.offset, sizeOf(logits.shape), ...answers, weightSums.offset, TASKS];
    const all = [...tables, smoothing, logitsGrad.offset];
    return (task, begin, end, step) => {
      kernels.softCrossEntropy(begin, end, step, steps.offset, ...all, slot(totals, task));
    };
  },

  lossTotal({ reads: { totals }, writes: { results } }, kernels, { steps }) {
    return (_task, _begin, _end, step) => {
      kernels.lossTotal(step, steps.offset, totals.offset, TASKS, results.offset);
    };
  },

  score({ reads: { logits, targets }, writes: { losses, predictions } }, kernels, { steps }) {
    const tables = [
      logits.offset,
      sizeOf(logits.shape),
      targets.offset,
      losses.offset,
      predictions.offset,
    ] as const;
    return (_task, begin, end, step) => {
      kernels.score(begin, end, step, steps.offset, ...tables);
    };
  },

  softmax({ reads: { logits }, writes: { probabilities } }, kernels) {
    return (_task, begin, end) => {
      kernels.softmax(begin, end, logits.offset, sizeOf(logits.shape), probabilities.offset);
    };
  },

  sumPartials({ reads: { partials }, writes: { gradient } }, kernels) {
    return byElements(sizeOf(gradient.shape), (begin, end) => {
      kernels.sumPartials(begin, end, partials.offset, TASKS, itemBytes(partials), gradient.offset);
    });
  },

  squareSums({ reads: { gradient }, writes: { sums } }, kernels) {
    const elements = sizeOf(gradient.shape);
    return (task) => {
      kernels.squareSums(...taskRange(elements, task), gradient.offset, slot(sums, task));
    };
  },

  clipGradient({ reads: { sums }, writes: { gradient }, maxNorm }, kernels) {
    return byElements(sizeOf(gradient.shape), (begin, end) => {
      kernels.clipGradient(begin, end, sums.offset, TASKS, gradient.offset, maxNorm);
    });
  },

  decayWeight({ writes: { weight }, decay }, kernels, { steps }) {
    return byElements(sizeOf(weight.shape), (begin, end, step) => {
      kernels.decayWeight(begin, end, step, steps.offset, weight.offset, decay);
    });
  },

  weightPenaltyGrad({ reads: { weight }, writes: { gradient }, decay }, kernels) {
    return byElements(sizeOf(weight.shape), (begin, end) => {
      kernels.weightPenaltyGrad(begin, end, weight.offset, gradient.offset, decay);
    });
  },

  adam({ reads: { gradient }, writes, beta1, beta2, epsilon }, kernels, { steps }) {
    const tensors = [gradient, writes.parameter, writes.firstMoment, writes.secondMoment].map(
      (t) => t.offset,
    );
    return byElements(sizeOf(gradient.shape), (begin, end, step) => {
      kernels.adam(begin, end, step, steps.offset, ...tensors, beta1, beta2, epsilon);
    });
  },

  sgd({ reads: { gradient }, writes: { parameter, velocity }, momentum, nesterov }, kernels, { steps }) {
    const tensors = [gradient.offset, parameter.offset, velocity.offset] as const;
    return byElements(sizeOf(gradient.shape), (begin, end, step) => {
      kernels.sgd(begin, end, step, steps.offset, ...tensors, momentum, nesterov ? 1 : 0);
    });
  },

  movingAverage({ reads: { value }, writes: { average } }, kernels, { steps }) {
    return byElements(sizeOf(value.shape), (begin, end, step) => {
      kernels.movingAverage(begin, end, step, steps.offset, value.offset, average.offset);
    });
  },
};

const FLOAT = BYTES_PER_ELEMENT.f32;
/** Floats of a vector. */
const LANES = 4;

/** Where the memory starts: stands for a bias that is not there. */
const ZEROS = 0;

/** What kernels call each function. */
const KINDS: Readonly<Record<Nonlinearity['kind'], number>> = { leakyRelu: 0, silu: 1, gelu: 2 };

function slopeOf(nonlinearity: Nonlinearity): number {
  return nonlinearity.kind === 'leakyRelu' ? nonlinearity.slope : 0;
}

/** An image tensor's place, and its pitches in bytes. */
function image(tensor: Tensor) {
  const { height, width, channels, rowPitch, itemPitch, origin } = imageLayout(tensor);
  return {
    height,
    width,
    channels,
    /** The first pixel inside the halo, in the first item. */
    origin: tensor.offset + origin * FLOAT,
    row: rowPitch * FLOAT,
    item: itemPitch * FLOAT,
    pixel: channels * FLOAT,
  };
}

/** An image tensor as kernels are given it. */
function sizesOf(tensor: Tensor) {
  const { origin, item, row, height, width, channels } = image(tensor);
  return [origin, item, row, height, width, channels] as const;
}

/** An item as rows of contiguous elements, for kernels that do not ask what the elements are; pitches in bytes. */
function rowsOf(tensor: Tensor) {
  if (tensor.shape.length !== 3) {
    return { rows: 1, rowElements: sizeOf(tensor.shape), pitches: [tensor.offset, itemBytes(tensor), 0] };
  }
  const { origin, item, row, height, width, channels } = image(tensor);
  return { rows: height, rowElements: width * channels, pitches: [origin, item, row] };
}

/** How a convolution's windows step over its input, from the first padded pixel on. */
function windowOf(input: Tensor, { kernel, stride, padding }: Record<'kernel' | 'stride' | 'padding', Pair>) {
  const { height, width } = image(input);
  const [start, item, row, channels] = paddedOf(input, padding);
  return [start, item, row, height, width, channels, ...kernel, ...stride, ...padding] as const;
}

/** An image tensor from the first padded pixel on. */
function paddedOf(input: Tensor, [above, left]: Pair) {
  const { origin, item, row, pixel, channels } = image(input);
  return [origin - above * row - left * pixel, item, row, channels] as const;
}

/** Whether each channel is a group of its own, on both sides. */
function isDepthwise(groups: number, input: Tensor, output: Tensor): boolean {
  return groups === input.shape[2] && groups === output.shape[2];
}

/** Where a task's item of a `per: 'task'` tensor starts. */
function slot(tensor: Tensor, task: number): number {
  return tensor.offset + task * itemBytes(tensor);
}

/** Calls a kernel of Winograd's algorithm that writes images, with the worker's own scratch memory. */
function byWinograd(
  kernel: (...parameters: number[]) => void,
  tables: readonly number[],
  { rows, inputPlane, outputPlane }: WinogradBlock,
  scratch: Tensor,
): KernelCall {
  return (_task, begin, end, _step, worker) => {
    kernel(begin, end, ...tables, rows, inputPlane, outputPlane, slot(scratch, worker));
  };
}

/** Calls a kernel with the part of `elements` that belongs to each task. */
function byElements(elements: number, call: (begin: number, end: number, step: number) => void): KernelCall {
  const ranges = Array.from({ length: TASKS }, (_, task) => taskRange(elements, task));
  return (task, _begin, _end, step) => {
    const [begin, end] = ranges[task];
    call(begin, end, step);
  };
}
