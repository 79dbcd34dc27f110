import { formatShape } from '../../core/shape.js';
import { DEFAULT_BATCH_SIZE } from '../../models/batchSize.js';
import type { ResolvedModel } from '../../models/resolved.js';
import { summarize } from '../../models/summary.js';
import { formatCount, formatMegabytes } from '../../core/format.js';
import type { Output } from './output.js';
import { formatTable } from './tables.js';

/** Prints the layers of a model and its totals. */
export function printLayerTable(resolved: ResolvedModel, output: Output): void {
  const { model } = resolved;
  const { rows, totals } = summarize(resolved);
  const header = ['layer', 'type', 'output shape', 'parameters', 'multiply-adds'];
  const body = rows.map(({ name, type, output: shape, parameters, multiplyAdds }) => [
    name,
    type,
    formatShape(shape),
    parameters === 0 ? '-' : formatCount(parameters),
    multiplyAdds === 0 ? '-' : formatCount(multiplyAdds),
  ]);
  output.heading(`${model.name}: input ${formatShape(model.input)}`);
  output.table([header, ...body], ['left', 'left', 'left', 'right', 'right']);
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
