import type { LayerType } from '../../layers/index.js';
import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM } from '../../layers/shared/batchNormPlan.js';
import { asPair } from '../../layers/shared/window.js';
import { resolveModel } from '../../models/resolve.js';
import type { ResolvedLayer } from '../../models/resolved.js';
import { winogradTileSize } from '../../plan/winograd.js';
import type { Block, Subsection } from '../document.js';
import type { ReportRun } from '../reportRun.js';
import {
  batchNormalization,
  convolution,
  linearLayer,
  maxPooling,
  power,
  reluFormula,
  symbol,
} from './formulas.js';
import { cite, code, math, reference, text } from './text.js';

/** What the layers of the network compute, with how its weights are initialized. */
export function layersSubsection({ saved, config }: ReportRun): Subsection {
  const { allLayers } = resolveModel(saved.model);
  const types = new Set(allLayers.map(({ layer }) => layer.type));
  const isTrainedFromScratch = [config.initFrom, config.backbone, config.weights].every(
    (start) => start === undefined,
  );
  return {
    id: 'layers',
    title: 'Layers',
    blocks: [
      ...(Object.keys(DESCRIPTIONS) as LayerType[]).flatMap((type) =>
        types.has(type) ? (DESCRIPTIONS[type] ?? []) : [],
      ),
      ...winogradBlocks(allLayers.filter(usesWinograd).map(({ name }) => name)),
      ...(isTrainedFromScratch ? [initialization] : []),
    ],
  };
}

/** More layers are counted. */
const MAX_NAMED_LAYERS = 4;

const DESCRIPTIONS: Partial<Record<LayerType, readonly Block[]>> = {
  conv2d: [
    {
      type: 'paragraph',
      text: text`A convolution applies the same filters ${math(symbol('w'))} at every position of its input ${math(symbol('x'))} (${reference('convolution')}): the output ${math(symbol('h'))} of filter ${math(symbol('o'))} at row ${math(symbol('i'))} and column ${math(symbol('j'))} is a weighted sum over all input channels ${math(symbol('c'))} and the offsets ${math(symbol('k'))} and ${math(symbol('l'))} of the filter, with stride ${math(symbol('s'))} and padding ${math(symbol('p'))}. Since the weights do not depend on the position, a convolution has far fewer parameters than a linear layer with the same inputs and outputs ${cite('lecun1998gradient')}.`,
    },
    { type: 'displayedFormula', id: 'convolution', formula: convolution },
  ],
  batchNorm2d: [
    {
      type: 'paragraph',
      text: text`Batch normalization ${cite('ioffe2015batch')} subtracts from each channel its mean ${math(symbol('μ'))} and divides it by its standard deviation ${math(symbol('σ'))}, then scales and shifts it by the learned ${math(symbol('γ'))} and ${math(symbol('β'))}, which begin as 1 and 0 (${reference('batch-normalization')}). In training, ${math(symbol('μ'))} and ${math(symbol('σ'))} are those of the batch; in validation and testing, they are running averages from training, to which each batch contributes ${BATCH_NORM_MOMENTUM}. The constant ${math(symbol('δ'))}, ${math(power(BATCH_NORM_EPSILON))} unless ${reference('modules')} says otherwise, avoids a division by zero.`,
    },
    { type: 'displayedFormula', id: 'batch-normalization', formula: batchNormalization },
  ],
  relu: [
    {
      type: 'paragraph',
      text: text`The rectified linear unit, ReLU ${cite('nair2010rectified')}, makes the network nonlinear (${reference('relu')}).`,
    },
    { type: 'displayedFormula', id: 'relu', formula: reluFormula },
  ],
  maxPool2d: [
    {
      type: 'paragraph',
      text: text`Max pooling keeps the largest value of each window (${reference('max-pooling')}; ${reference('modules')} states the sizes of the windows), which lowers the resolution and makes the output less dependent on small shifts of the image.`,
    },
    { type: 'displayedFormula', id: 'max-pooling', formula: maxPooling },
  ],
  flatten: [
    {
      type: 'paragraph',
      text: text`Flattening arranges all values of an image as one vector, the input of a linear layer.`,
    },
  ],
  residual: [
    {
      type: 'paragraph',
      text: text`A residual block adds its input to the output of its layers, which makes deep networks easier to train ${cite('he2016deep')}.`,
    },
  ],
  dropout: [
    {
      type: 'paragraph',
      text: text`Dropout sets a random part of its inputs to zero in training, which counteracts overfitting ${cite('srivastava2014dropout')}.`,
    },
  ],
  linear: [
    {
      type: 'paragraph',
      text: text`A linear layer computes weighted sums of all of its inputs (${reference('linear')}); the outputs of the last one are the logits, one per class.`,
    },
    { type: 'displayedFormula', id: 'linear', formula: linearLayer },
  ],
};

/** Whether a layer is a convolution whose outputs are computed by Winograd's algorithm when images are classified. */
function usesWinograd({ layer, input, output }: ResolvedLayer): boolean {
  if (layer.type !== 'conv2d' || (layer.groups ?? 1) > 1 || layer.padding === 'same') return false;
  const [kernel, stride, padding, dilation] = [
    ...[layer.kernel, layer.stride ?? 1, layer.padding ?? 0, layer.dilation ?? 1],
  ].map(asPair);
  const [height, width, outputs] = output.shape;
  const inputs = input.shape[2];
  const convolution = { inputs, outputs, kernel, stride, padding, dilation, size: [height, width] as const };
  return winogradTileSize(convolution, 'evaluation') !== undefined;
}

function winogradBlocks(names: readonly string[]): Block[] {
  if (names.length === 0) return [];
  const which =
    names.length > MAX_NAMED_LAYERS
      ? text`${names.length} convolutions with many channels are`
      : [
          ...names.flatMap((name, index) => [...(index === 0 ? [] : [', ']), code(name)]),
          names.length === 1 ? ' is' : ' are',
        ];
  return [
    {
      type: 'paragraph',
      text: [
        ...which,
        ...text` computed by Winograd’s algorithm ${cite('lavin2016fast')}, which needs fewer multiplications than the definition, whose multiply-adds this report counts; its results differ by rounding errors.`,
      ],
    },
  ];
}

const initialization: Block = {
  type: 'paragraph',
  text: text`The weights and biases of convolutions and linear layers are initialized as in PyTorch ${cite('paszke2019pytorch')}: uniformly at random, within plus or minus the inverse square root of the number of inputs of a unit, a variant of Kaiming initialization ${cite('he2015delving')}.`,
};
