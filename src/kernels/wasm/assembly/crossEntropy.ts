import { FLOAT } from './lib/simd';
import { countOf, firstOf } from './generated/step';

/** The total loss and the correct predictions of a task's images, and the gradient of the batch's mean loss. */
export function crossEntropy(
  begin: i32,
  end: i32,
  step: i32,
  steps: i32,
  logits: i32,
  classes: i32,
  targets: i32,
  logitsGrad: i32,
  totals: i32,
): void {
  const count = countOf(steps, step);
  let loss: f64 = 0;
  let correct: f64 = 0;
  for (let item = begin; item < end; item++) {
    const row = logits + item * classes * FLOAT;
    const grads = logitsGrad + item * classes * FLOAT;
    const target = i32.load(targets + item * 4);
    const best = argmax(row, classes);
    const normalizer = logSumExp(row, classes, best);
    loss += normalizer - <f64>f32.load(row + target * FLOAT);
    correct += best == target ? 1 : 0;
    for (let c = 0; c < classes; c++) {
      const probability = Math.exp(<f64>f32.load(row + c * FLOAT) - normalizer);
      f32.store(grads + c * FLOAT, <f32>((probability - (c == target ? 1.0 : 0.0)) / count));
    }
  }
  f64.store(totals, loss);
  f64.store(totals + 8, correct);
}

/** The sum of the class weights of a task's images; a mixed image counts with both classes, by their shares. */
export function sumTargetWeights(
  begin: i32,
  end: i32,
  targets: i32,
  partners: i32,
  partnerShares: i32,
  classWeights: i32,
  weightSum: i32,
): void {
  let sum: f64 = 0;
  for (let item = begin; item < end; item++) {
    const share = <f64>f32.load(partnerShares + item * 4);
    const own = <f64>f32.load(classWeights + i32.load(targets + item * 4) * FLOAT);
    const other = <f64>f32.load(classWeights + i32.load(partners + item * 4) * FLOAT);
    sum += (1 - share) * own + share * other;
  }
  f64.store(weightSum, sum);
}

/** Like `crossEntropy`, with partners' classes, label smoothing and class weights. */
export function softCrossEntropy(
  begin: i32,
  end: i32,
  step: i32,
  steps: i32,
  logits: i32,
  classes: i32,
  targets: i32,
  partners: i32,
  partnerShares: i32,
  classWeights: i32,
  weightSums: i32,
  tasks: i32,
  smoothing: f64,
  logitsGrad: i32,
  totals: i32,
): void {
  let weight: f64 = 0;
  for (let task = 0; task < tasks; task++) weight += f64.load(weightSums + task * 8);
  const base = smoothing / <f64>classes;
  let loss: f64 = 0;
  let correct: f64 = 0;
  for (let item = begin; item < end; item++) {
    const row = logits + item * classes * FLOAT;
    const grads = logitsGrad + item * classes * FLOAT;
    const target = i32.load(targets + item * 4);
    const partner = i32.load(partners + item * 4);
    const share = <f64>f32.load(partnerShares + item * 4);
    const best = argmax(row, classes);
    const normalizer = logSumExp(row, classes, best);
    correct += shareOfClass(best, target, partner, share);
    let total: f64 = 0;
    for (let c = 0; c < classes; c++) {
      const part = (1 - smoothing) * shareOfClass(c, target, partner, share) + base;
      const amount = <f64>f32.load(classWeights + c * FLOAT) * part;
      loss += amount * (normalizer - <f64>f32.load(row + c * FLOAT));
      total += amount;
    }
    for (let c = 0; c < classes; c++) {
      const part = (1 - smoothing) * shareOfClass(c, target, partner, share) + base;
      const amount = <f64>f32.load(classWeights + c * FLOAT) * part;
      const probability = Math.exp(<f64>f32.load(row + c * FLOAT) - normalizer);
      f32.store(grads + c * FLOAT, <f32>((probability * total - amount) / weight));
    }
  }
  // `lossTotal` divides by the number of images.
  f64.store(totals, (loss / weight) * countOf(steps, step));
  f64.store(totals + 8, correct);
}

/** The share of class c in an image. */
function shareOfClass(c: i32, target: i32, partner: i32, share: f64): f64 {
  return (c == target ? 1 - share : 0) + (c == partner ? share : 0);
}

/** The step's mean loss and correct predictions, from the totals of all tasks, in task order. */
export function lossTotal(step: i32, steps: i32, totals: i32, tasks: i32, results: i32): void {
  let loss: f64 = 0;
  let correct: f64 = 0;
  for (let task = 0; task < tasks; task++) {
    loss += f64.load(totals + task * 16);
    correct += f64.load(totals + task * 16 + 8);
  }
  f64.store(results + step * 16, loss / countOf(steps, step));
  f64.store(results + step * 16 + 8, correct);
}

/** The loss, the predicted class, and the logits of each image, at its index in the engine's memory. */
export function score(
  begin: i32,
  end: i32,
  step: i32,
  steps: i32,
  logits: i32,
  classes: i32,
  targets: i32,
  losses: i32,
  predictions: i32,
  outputs: i32,
): void {
  const first = firstOf(steps, step);
  const bytes = classes * FLOAT;
  memory.copy(outputs + (first + begin) * bytes, logits + begin * bytes, (end - begin) * bytes);
  for (let item = begin; item < end; item++) {
    const row = logits + item * classes * FLOAT;
    const best = argmax(row, classes);
    const own = <f64>f32.load(row + i32.load(targets + item * 4) * FLOAT);
    f32.store(losses + (first + item) * 4, <f32>(logSumExp(row, classes, best) - own));
    i32.store(predictions + (first + item) * 4, best);
  }
}

export function softmax(begin: i32, end: i32, logits: i32, classes: i32, probabilities: i32): void {
  for (let item = begin; item < end; item++) {
    const offset = item * classes * FLOAT;
    const normalizer = logSumExp(logits + offset, classes, argmax(logits + offset, classes));
    for (let c = 0; c < classes; c++) {
      const logit = <f64>f32.load(logits + offset + c * FLOAT);
      f32.store(probabilities + offset + c * FLOAT, <f32>Math.exp(logit - normalizer));
    }
  }
}

function argmax(row: i32, classes: i32): i32 {
  let best = 0;
  for (let c = 1; c < classes; c++) {
    if (f32.load(row + c * FLOAT) > f32.load(row + best * FLOAT)) best = c;
  }
  return best;
}

/** The maximum logit is subtracted first, so that the exponentials cannot overflow. */
function logSumExp(row: i32, classes: i32, best: i32): f64 {
  const maximum = <f64>f32.load(row + best * FLOAT);
  let sum: f64 = 0;
  for (let c = 0; c < classes; c++) sum += Math.exp(<f64>f32.load(row + c * FLOAT) - maximum);
  return maximum + Math.log(sum);
}
