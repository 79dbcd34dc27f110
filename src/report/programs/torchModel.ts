import { torchClasses } from '../../interop/torch/classes.js';
import { torchModules } from '../../interop/torch/modules.js';
import type { Layer } from '../../layers/index.js';
import type { ReportRun } from '../reportRun.js';

/**
 * The lines of a PyTorch program that create the network with the run's seed.
 *
 * @throws {InklingError} if the layers' names are not possible in PyTorch
 */
export function torchModel({ saved: { model }, summary: { seed } }: ReportRun): string {
  const modules = torchModules(model);
  return [
    ...torchClasses(modules).map((definition) => `${definition.trim()}\n\n`),
    `torch.manual_seed(${seed})`,
    'model = nn.Sequential(OrderedDict([',
    ...modules.map((line) => `    ${line}`),
    ']))',
    ...(model.probesWithZeros === true ? probe(model.input, model.layers) : []),
  ].join('\n');
}

/** Passes zeros through the layers before the first linear one, in training mode: their running statistics change. */
function probe([height, width, channels]: readonly number[], layers: readonly Layer[]): string[] {
  const first = layers.findIndex(({ type }) => type === 'linear');
  const names = layers
    .slice(0, Math.max(0, first))
    .map(({ name }, index) => (name ?? String(index)).split('.')[0]);
  const modules = [...new Set(names)].map((name) => `model.get_submodule("${name}")`);
  return [
    `x = torch.zeros(1, ${channels}, ${height}, ${width})`,
    'with torch.no_grad():  # as in the original program; updates the running statistics',
    ...modules.map((module) => `    x = ${module}(x)`),
  ];
}
