import type { Layer } from '../../layers/index.js';
import { isDeep } from '../../models/moduleGroups.js';
import { resolveModel } from '../../models/resolve.js';
import { parseFitSettings } from '../../train/settings/fitSettings.js';
import { allSettings } from '../../train/settings/names.js';
import { fileNameOf } from './fileNameOf.js';
import type { ReportRun } from '../reportRun.js';
import { layerLines } from './layerLines.js';
import { literalOf } from './literal.js';

type Config = ReportRun['config'];

/** Settings that a program states even if they have their default. */
const STATED: readonly (keyof Config)[] = [
  ...(['epochs', 'batchSize', 'optimizer', 'learningRate', 'seed', 'splitSeed'] as const),
];
/** What a run has besides the settings of a training in memory, and what does not change its numbers. */
const NOT_OF_FIT: readonly (keyof Config)[] = [
  ...(['model', 'dataset', 'dataDir', 'imageSize', 'skipUnreadable', 'runDir', 'name', 'threads'] as const),
  ...(['initFrom', 'backbone', 'weights', 'folds', 'fold', 'group'] as const),
];

/** A program in TypeScript that trains the network of a run with the library, and prints what the PyTorch program prints. */
export function inklingProgram(run: ReportRun): string {
  const { model } = run.saved;
  const isListed = !isDeep(resolveModel(model));
  return [
    ...importLines(importsOf(model.layers, isListed)),
    "import { loadDataset } from 'inkling/node';",
    '',
    `const dataset = await loadDataset(${literalOf(datasetRequest(run.config))});`,
    ...(isListed ? modelLines(run) : presetLines(model.name)),
    'const { epochs, test } = await fit({',
    '  model,',
    '  dataset,',
    '  settings: {',
    ...settingsOf(run.config).map(([name, value]) => `    ${name}: ${literalOf(value)},`),
    '  },',
    '});',
    'for (const { epoch, trainLoss, validationLoss, validationAccuracy } of epochs) {',
    '  const [training, validation] = [trainLoss, validationLoss].map((loss) => loss.toFixed(6));',
    '  const losses = `training loss ${training}, validation loss ${validation}`;',
    '  console.log(`epoch ${epoch}: ${losses}, accuracy ${validationAccuracy.toFixed(4)}`);',
    '}',
    'console.log(`test loss ${test?.loss.toFixed(6)}, accuracy ${test?.accuracy.toFixed(4)}`);',
    '',
  ].join('\n');
}

/** More names are imported on a line for each. */
const MAX_LINE = 80;

function importLines(names: readonly string[]): string[] {
  const line = `import { ${names.join(', ')} } from 'inkling';`;
  return line.length <= MAX_LINE
    ? [line]
    : ['import {', ...names.map((name) => `  ${name},`), "} from 'inkling';"];
}

function importsOf(layers: readonly Layer[], isListed: boolean): string[] {
  if (!isListed) return ['fit', 'preset'];
  const typesOf = (layer: Layer): string[] => [
    layer.type,
    ...('layers' in layer
      ? [...layer.layers, ...('shortcut' in layer ? (layer.shortcut ?? []) : [])]
      : []
    ).flatMap(typesOf),
  ];
  return [...new Set(['fit', 'type Model', ...layers.flatMap(typesOf)])].sort((a, b) =>
    a.replace('type ', '').localeCompare(b.replace('type ', ''), 'en', { sensitivity: 'base' }),
  );
}

function datasetRequest({ dataset, imageSize, input, skipUnreadable }: Config): Record<string, unknown> {
  return {
    name: dataset === fileNameOf(dataset) ? dataset : `./${fileNameOf(dataset)}`,
    ...(imageSize !== undefined && { imageSize }),
    ...(input !== undefined && { input }),
    ...(skipUnreadable && { skipUnreadable }),
  };
}

function modelLines({ saved: { model } }: ReportRun): string[] {
  return [
    'const model: Model = {',
    `  name: ${literalOf(model.name)},`,
    `  input: ${literalOf(model.input)},`,
    ...(model.probesWithZeros === true ? ['  probesWithZeros: true,'] : []),
    '  layers: [',
    ...model.layers.flatMap((layer) => layerLines(layer, '    ')),
    '  ],',
    '};',
  ];
}

function presetLines(name: string): string[] {
  return [
    `const model = preset(${literalOf(name)}, { input: dataset.shape, classes: dataset.classes.length });`,
  ];
}

/** The settings that differ from their defaults, and those that every description of a training states. */
function settingsOf(config: Config): [string, unknown][] {
  const defaults = new Map<string, unknown>(Object.entries(parseFitSettings({}, {})));
  return allSettings
    .filter((name) => !NOT_OF_FIT.includes(name) && config[name] !== undefined)
    .filter((name) => STATED.includes(name) || literalOf(config[name]) !== literalOf(defaults.get(name)))
    .map((name) => [name, config[name]]);
}
