/** A fully connected layer. */
export interface LayerWeights {
  /** `[outputs, inputs]`, from -15 to 15 */
  readonly weights: Int8Array;
  /** What the weights of each output are multiplied by. */
  readonly scales: readonly number[];
  readonly biases: readonly number[];
}

/**
 * Two sums of a layer on bytes are computed in one: the weight of the first output is multiplied by this, which is more than
 * twice what the second sum can be for 8,000 inputs, and both sums together take less than the 53 bits of a number.
 */
const SHIFT = 2 ** 26;
/** The numbers that are computed in parallel. */
const PARALLEL = 4;
const OUTPUTS_PER_GROUP = 2 * PARALLEL;

/** The sums of a layer for inputs that are bytes, before the activation; the next call overwrites them. */
export type ByteLayer = (inputs: Uint8ClampedArray) => Float64Array;

/**
 * A layer whose inputs are bytes of which many are 0: sums are whole numbers, two of which are computed in one multiplication
 * of floating-point numbers, exactly.
 */
export function byteLayer({ weights, scales, biases }: LayerWeights, inputs: number): ByteLayer {
  const groups = Math.ceil(biases.length / OUTPUTS_PER_GROUP);
  const packed = new Float64Array(groups * inputs * PARALLEL);
  weights.forEach((weight, i) => {
    const [output, input] = [Math.floor(i / inputs), i % inputs];
    const [group, pair] = [Math.floor(output / OUTPUTS_PER_GROUP), (output % OUTPUTS_PER_GROUP) >> 1];
    packed[(group * inputs + input) * PARALLEL + pair] += output % 2 === 0 ? SHIFT * weight : weight;
  });
  const places = new Uint16Array(inputs);
  const values = new Float64Array(inputs);
  const sums = new Float64Array(groups * OUTPUTS_PER_GROUP);
  const outputs = new Float64Array(biases.length);
  return (bytes) => {
    let count = 0;
    for (let i = 0; i < inputs; i++) {
      if (bytes[i] === 0) continue;
      places[count] = i * PARALLEL;
      values[count++] = bytes[i];
    }
    for (let group = 0; group < groups; group++) {
      const start = group * inputs * PARALLEL;
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let i = 0; i < count; i++) {
        const at = start + places[i];
        const value = values[i];
        a += value * packed[at];
        b += value * packed[at + 1];
        c += value * packed[at + 2];
        d += value * packed[at + 3];
      }
      const first = group * OUTPUTS_PER_GROUP;
      separate(a, sums, first);
      separate(b, sums, first + 2);
      separate(c, sums, first + 4);
      separate(d, sums, first + 6);
    }
    for (let output = 0; output < biases.length; output++)
      outputs[output] = biases[output] + scales[output] * sums[output];
    return outputs;
  };
}

/** Separates two sums that were computed in one. */
function separate(both: number, sums: Float64Array, at: number): void {
  const first = Math.round(both / SHIFT);
  sums[at] = first;
  sums[at + 1] = both - first * SHIFT;
}

/** The sums of a layer, before the activation; the next call overwrites them. */
export type Layer = (inputs: Float64Array) => Float64Array;

/** A layer on the outputs of another. */
export function denseLayer({ weights, scales, biases }: LayerWeights, inputs: number): Layer {
  const decoded = Float64Array.from(weights, (weight, i) => scales[Math.floor(i / inputs)] * weight);
  const outputs = new Float64Array(biases.length);
  return (values) => {
    for (let output = 0; output < outputs.length; output++) {
      const start = output * inputs;
      let sum = 0;
      for (let i = 0; i < inputs; i++) sum += values[i] * decoded[start + i];
      outputs[output] = sum + biases[output];
    }
    return outputs;
  };
}
