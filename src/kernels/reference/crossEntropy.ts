import { type ReferenceKernel, stepReader } from './lib/kernel.js';

/**
 * `loss = -log softmax(logits)[target]` for each image; `logitsGrad = (softmax(logits) - onehot(target)) / count` is the gradient of
 * the batch's mean loss.
 */
export const crossEntropy: ReferenceKernel<'crossEntropy'> = ({ reads, writes }, memory, plan) => {
  const logits = memory.floats(reads.logits);
  const targets = memory.ints(reads.targets);
  const logitsGrad = memory.floats(writes.logitsGrad);
  const totals = memory.doubles(writes.totals);
  const stepValue = stepReader(memory, plan);
  const [classes] = reads.logits.shape;

  return (task, begin, end, step) => {
    const count = stepValue(step, 'count');
    let loss = 0;
    let correct = 0;
    for (let item = begin; item < end; item++) {
      const logProbabilities = logSoftmax(logits.subarray(item * classes, (item + 1) * classes));
      loss -= logProbabilities[targets[item]];
      if (firstMaximum(logProbabilities) === targets[item]) correct++;
      for (let c = 0; c < classes; c++) {
        const truth = c === targets[item] ? 1 : 0;
        logitsGrad[item * classes + c] = (Math.exp(logProbabilities[c]) - truth) / count;
      }
    }
    totals.set([loss, correct], task * 2);
  };
};

/** The sum of the class weights of a task's images; a mixed image counts with both classes, by their shares. */
export const sumTargetWeights: ReferenceKernel<'sumTargetWeights'> = ({ reads, writes }, memory) => {
  const targets = memory.ints(reads.targets);
  const partners = memory.ints(reads.partners);
  const partnerShares = memory.floats(reads.partnerShares);
  const classWeights = memory.floats(reads.classWeights);
  const weightSums = memory.doubles(writes.weightSums);

  return (task, begin, end) => {
    let sum = 0;
    for (let item = begin; item < end; item++) {
      const share = partnerShares[item];
      sum += (1 - share) * classWeights[targets[item]] + share * classWeights[partners[item]];
    }
    weightSums[task] = sum;
  };
};

/**
 * `loss = -Σ a_c log softmax(logits)_c` for each image. As in PyTorch's cross-entropy with class indices, class weights w and label
 * smoothing, `a_c` is `smoothing / classes · w_c`, plus `(1 - smoothing) · w_c` for the target; for a mixed image, the latter is
 * divided between the target and its partner by their shares. The batch's mean divides by the sum of the targets' weights. A
 * prediction counts as correct by the image's share of the predicted class.
 */
export const softCrossEntropy: ReferenceKernel<'softCrossEntropy'> = (
  { reads, writes, smoothing },
  memory,
  plan,
) => {
  const logits = memory.floats(reads.logits);
  const targets = memory.ints(reads.targets);
  const partners = memory.ints(reads.partners);
  const partnerShares = memory.floats(reads.partnerShares);
  const classWeights = memory.floats(reads.classWeights);
  const weightSums = memory.doubles(reads.weightSums);
  const logitsGrad = memory.floats(writes.logitsGrad);
  const totals = memory.doubles(writes.totals);
  const stepValue = stepReader(memory, plan);
  const [classes] = reads.logits.shape;

  return (task, begin, end, step) => {
    const weight = weightSums.reduce((sum, part) => sum + part, 0);
    let loss = 0;
    let correct = 0;
    for (let item = begin; item < end; item++) {
      const logProbabilities = logSoftmax(logits.subarray(item * classes, (item + 1) * classes));
      const shareOf = (c: number) =>
        (c === targets[item] ? 1 - partnerShares[item] : 0) +
        (c === partners[item] ? partnerShares[item] : 0);
      const amounts = Array.from(
        classWeights,
        (own, c) => own * ((1 - smoothing) * shareOf(c) + smoothing / classes),
      );
      const total = amounts.reduce((sum, amount) => sum + amount, 0);
      correct += shareOf(firstMaximum(logProbabilities));
      logProbabilities.forEach((logProbability, c) => {
        loss -= amounts[c] * logProbability;
        logitsGrad[item * classes + c] = (Math.exp(logProbability) * total - amounts[c]) / weight;
      });
    }
    // `lossTotal` divides by the number of images.
    totals.set([(loss / weight) * stepValue(step, 'count'), correct], task * 2);
  };
};

/** `results[step] = [mean loss, number of correct predictions]` of the batch. */
export const lossTotal: ReferenceKernel<'lossTotal'> = ({ reads, writes }, memory, plan) => {
  const totals = memory.doubles(reads.totals);
  const results = memory.doubles(writes.results);
  const stepValue = stepReader(memory, plan);

  return (_task, _begin, _end, step) => {
    let loss = 0;
    let correct = 0;
    for (let task = 0; task < reads.totals.count; task++) {
      loss += totals[task * 2];
      correct += totals[task * 2 + 1];
    }
    results.set([loss / stepValue(step, 'count'), correct], step * 2);
  };
};

/** The loss, the most probable class, and the logits of each image, at the image's index in the engine's memory. */
export const score: ReferenceKernel<'score'> = ({ reads, writes }, memory, plan) => {
  const logits = memory.floats(reads.logits);
  const targets = memory.ints(reads.targets);
  const losses = memory.floats(writes.losses);
  const predictions = memory.ints(writes.predictions);
  const outputs = memory.floats(writes.outputs);
  const stepValue = stepReader(memory, plan);
  const [classes] = reads.logits.shape;

  return (_task, begin, end, step) => {
    const first = stepValue(step, 'first');
    for (let item = begin; item < end; item++) {
      const own = logits.subarray(item * classes, (item + 1) * classes);
      const logProbabilities = logSoftmax(own);
      outputs.set(own, (first + item) * classes);
      losses[first + item] = -logProbabilities[targets[item]];
      predictions[first + item] = firstMaximum(logProbabilities);
    }
  };
};

/** `probabilities = exp(logits) / Σ exp(logits)` */
export const softmax: ReferenceKernel<'softmax'> = ({ reads, writes }, memory) => {
  const logits = memory.floats(reads.logits);
  const probabilities = memory.floats(writes.probabilities);
  const [classes] = reads.logits.shape;

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      const logProbabilities = logSoftmax(logits.subarray(item * classes, (item + 1) * classes));
      probabilities.set(logProbabilities.map(Math.exp), item * classes);
    }
  };
};

/** Subtracts the maximum logit first, so that no exponential overflows. */
function logSoftmax(logits: ArrayLike<number>): number[] {
  const shifted = Array.from(logits);
  const maximum = Math.max(...shifted);
  const logSum = Math.log(shifted.reduce((sum, logit) => sum + Math.exp(logit - maximum), 0));
  return shifted.map((logit) => logit - maximum - logSum);
}

function firstMaximum(values: readonly number[]): number {
  let best = 0;
  values.forEach((value, index) => {
    if (value > values[best]) best = index;
  });
  return best;
}
