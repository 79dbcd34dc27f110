/**
 * WGSL: `fn softmaxOf(item: u32) -> Softmax`, from which `logProbability(item, c, softmax)` follows, and the index of the first maximum.
 * The maximum is subtracted first, so that no exponential overflows. If a logit is NaN or infinite, probabilities are NaN.
 */
export function softmaxCode(classes: number): string {
  return `
struct Softmax { maximum: f32, logSum: f32, prediction: u32 }
fn softmaxOf(item: u32) -> Softmax {
  var maximum = load(at_logits(item, 0u));
  var prediction = 0u;
  for (var c = 1u; c < ${classes}u; c++) {
    let logit = load(at_logits(item, c));
    if (isNan(logit) || (logit > maximum && !isNan(maximum))) {
      maximum = logit;
      prediction = c;
    }
  }
  if (!isFinite(maximum)) { return Softmax(maximum, notANumber(), prediction); }
  var sum = 0.0;
  for (var c = 0u; c < ${classes}u; c++) { sum += exp(load(at_logits(item, c)) - maximum); }
  return Softmax(maximum, log(sum), prediction);
}
fn logProbability(item: u32, c: u32, softmax: Softmax) -> f32 {
  if (isNan(softmax.logSum)) { return softmax.logSum; }
  return load(at_logits(item, c)) - softmax.maximum - softmax.logSum;
}
`;
}
