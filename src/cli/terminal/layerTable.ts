import { formatShape } from '../../core/shape.js';
import { DEFAULT_BATCH_SIZE } from '../../models/batchSize.js';
import type { ResolvedModel } from '../../models/resolved.js';
import { groupModules, groupName, isDeep } from '../../models/moduleGroups.js';
import { type LayerSummary, summarize } from '../../models/summary.js';
import { formatCount, formatMegabytes } from '../../core/format.js';
import type { Output } from './output.js';
import { formatTable } from './tables.js';

/** Prints the layers of a model and its totals. */
export function printLayerTable(resolved: ResolvedModel, output: Output): void {
  const { model } = resolved;
  const { rows, totals } = summarize(resolved);
  const header = ['layer', 'type', 'output shape', 'parameters', 'multiply-adds'];
  const body = rows.map((row) => [row.name, row.type, ...sizeCells(row)]);
  output.heading(`${model.name}: input ${formatShape(model.input)}`);
  output.table([header, ...body], ['left', 'left', 'left', 'right', 'right']);
  if (isDeep(resolved)) printGroups(resolved, output);
  const activationBytes = totals.activationBytesPerImage * DEFAULT_BATCH_SIZE;
  output.line();
  output.lines(
    formatTable(
      [
        ['parameters', formatCount(totals.parameters)],
        ['multiply-adds', `${formatCount(totals.multiplyAdds)} per image`],
        ['memory', `${formatMegabytes(totals.parameterBytes)} for parameters`],
        [
          '',
          `${formatMegabytes(activationBytes)} for the activations of a training batch of ${DEFAULT_BATCH_SIZE}`,
        ],
        ['', `${formatMegabytes(totals.inferenceBytesPerImage)} for each image of a batch in inference`],
      ],
      ['left', 'left'],
    ),
  );
  output.line({ text: 'Shapes are height×width×channels.', format: 'dim' });
}

/** Prints a summary of a deep network, whose list of layers is too long for a screen. */
function printGroups(resolved: ResolvedModel, output: Output): void {
  const header = ['layers', 'blocks', 'output shape', 'parameters', 'multiply-adds'];
  const body = groupModules(resolved).map((group) => [
    groupName(group),
    group.blocks === 0 ? '-' : formatCount(group.blocks),
    ...sizeCells(group),
  ]);
  output.line();
  output.heading(`${resolved.model.name}: consecutive layers with outputs of the same shape`);
  output.table([header, ...body], ['left', 'right', 'left', 'right', 'right']);
}

function sizeCells({ output, parameters, multiplyAdds }: Omit<LayerSummary, 'name' | 'type'>): string[] {
  return [formatShape(output), ...[parameters, multiplyAdds].map((n) => (n === 0 ? '-' : formatCount(n)))];
}
