import { formatCount } from '../../core/format.js';
import { formatShape } from '../../core/shape.js';
import { summarize } from '../../models/summary.js';
import { ADAM } from '../../train/optimizers.js';
import type { Block, Formula, Section, Subsection } from '../document.js';
import { drawLayers } from '../draw/layers.js';
import type { ReportRun } from '../runs.js';
import {
  adamCorrections,
  adamMoments,
  adamStep,
  crossEntropy,
  decay,
  power,
  sgdSteps,
  symbol,
} from './formulas.js';
import { code, math, reference, sentences, text } from './text.js';

export function modelSection(run: ReportRun): Section {
  return {
    id: 'model',
    title: 'Model',
    blocks: [],
    subsections: [architecture(run), objective(run)],
  };
}

function architecture({ saved: { model } }: ReportRun): Subsection {
  const { rows, totals } = summarize(model);
  const total = [
    [{ type: 'strong', text: 'Total' } as const],
    [],
    [],
    [{ type: 'strong', text: formatCount(totals.parameters) } as const],
    [{ type: 'strong', text: formatCount(totals.multiplyAdds) } as const],
  ];
  return {
    id: 'architecture',
    title: 'Architecture',
    blocks: [
      {
        type: 'paragraph',
        text: text`The network ${code(model.name)} has ${rows.length} layers and ${formatCount(totals.parameters)} numbers that training adjusts. One image takes ${formatCount(totals.multiplyAdds)} multiply-adds on its way through (${reference('layers')}, ${reference('layer-table')}).`,
      },
      {
        type: 'figure',
        id: 'layers',
        caption: text`The layers of ${code(model.name)}, from the image down to a number for each class. On the right stands the shape of what each hands on; the piles on the left are drawn to scale, with more sheets for more channels.`,
        alternative: `Diagram of the layers: ${[formatShape(model.input), ...rows.map(({ type, output }) => `${type} ${formatShape(output)}`)].join(', ')}.`,
        picture: { type: 'drawing', drawing: drawLayers(model) },
      },
      {
        type: 'table',
        id: 'layer-table',
        caption: text`The network layer by layer, for one image.`,
        columns: [
          { title: 'Layer', align: 'left' },
          { title: 'Type', align: 'left' },
          { title: 'Output', align: 'right' },
          { title: 'Parameters', align: 'right' },
          { title: 'Multiply-adds', align: 'right' },
        ],
        rows: [
          ...rows.map(({ name, type, output, parameters, multiplyAdds }) => [
            [code(name)],
            [type],
            [formatShape(output)],
            [formatCount(parameters)],
            [formatCount(multiplyAdds)],
          ]),
          total,
        ],
      },
    ],
  };
}

function objective({ config }: ReportRun): Subsection {
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text: text`The loss of an image is the cross-entropy of its class ${math(symbol('y'))} under the softmax of the network’s outputs ${math(symbol('x'))}:`,
    },
    { type: 'displayedFormula', formula: crossEntropy },
    ...(config.optimizer === 'adam' ? adam(config.learningRate) : sgd(config)),
  ];
  return { id: 'objective', title: 'Loss and optimizer', blocks };
}

const displayed = (formula: Formula): Block => ({ type: 'displayedFormula', formula });

/** What the letters of either optimizer stand for. */
const letters = text`Here ${math(symbol('g'))} is the gradient of the mean loss of a batch, ${math(symbol('θ'))} a parameter and ${math(symbol('η'))} the learning rate,`;

function adam(learningRate: number): Block[] {
  const [first, second] = adamCorrections;
  return [
    {
      type: 'paragraph',
      text: text`Adam keeps moving averages of each parameter’s gradient and of its square,`,
    },
    ...adamMoments.map(displayed),
    {
      type: 'paragraph',
      text: text`and steps along the first, scaled by the root of the second:`,
    },
    displayed(adamStep),
    {
      type: 'paragraph',
      text: sentences(
        letters,
        text`${learningRate}; the decay rates ${math(decay(1))} and ${math(decay(2))} are ${ADAM.beta1} and ${ADAM.beta2}, and ${math(symbol('ε'))} is ${math(power(ADAM.epsilon))}.`,
        text`The hats correct the averages for their start at zero:`,
      ),
    },
    displayed(first),
    displayed(second),
  ];
}

function sgd({ learningRate, momentum }: ReportRun['config']): Block[] {
  return [
    { type: 'paragraph', text: text`Stochastic gradient descent with momentum moves each parameter by` },
    ...sgdSteps.map(displayed),
    {
      type: 'paragraph',
      text: sentences(letters, text`${learningRate}; the momentum ${math(symbol('μ'))} is ${momentum}.`),
    },
  ];
}
