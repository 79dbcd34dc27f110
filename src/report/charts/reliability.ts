import type { TopLevelSpec } from 'vega-lite';
import { formatPercent, formatPlural } from '../../core/format.js';
import { wilsonInterval } from '../../runs/compare/statistics.js';
import type { ReliabilityBin } from '../../runs/statistics/reliability.js';
import { colorOf } from '../palette.js';

/** The bins of one set of probabilities. */
export interface ReliabilityPanel {
  readonly title: string;
  readonly bins: readonly ReliabilityBin[];
}

type PanelSpec = Extract<TopLevelSpec, { hconcat: unknown }>['hconcat'][number];

const PANEL = { width: 178, height: 178 };

/** Reliability diagrams side by side: accuracy against confidence, with 95 % confidence intervals, beside the diagonal. */
export function reliabilityChart(panels: readonly ReliabilityPanel[]): TopLevelSpec {
  return { hconcat: panels.map(panelOf), spacing: 34 };
}

function panelOf({ title, bins }: ReliabilityPanel): PanelSpec {
  const values = bins
    .filter(({ images }) => images > 0)
    .map(({ images, correct, confidence }) => {
      const { low, high } = wilsonInterval(correct, images);
      const accuracy = correct / images;
      return {
        confidence,
        accuracy,
        low,
        high,
        images,
        description: `${formatPlural(images, 'image')} with a mean confidence of ${formatPercent(confidence)}: ${formatPercent(accuracy)} correct`,
      };
    });
  const scale = { domain: [0, 1] as number[], nice: false };
  const x = { field: 'confidence', type: 'quantitative', title: 'confidence', scale, axis: AXIS } as const;
  const y = { type: 'quantitative', title: 'accuracy', scale, axis: AXIS } as const;
  return {
    ...PANEL,
    title: { text: title, fontSize: 12, fontWeight: 'normal', color: colorOf('text') },
    data: { values },
    layer: [
      {
        data: {
          values: [
            { confidence: 0, accuracy: 0 },
            { confidence: 1, accuracy: 1 },
          ],
        },
        mark: { type: 'line', strokeDash: [4, 4], color: colorOf('muted'), strokeWidth: 1, aria: false },
        encoding: { x, y: { ...y, field: 'accuracy' } },
      },
      {
        mark: { type: 'rule', color: colorOf('blue'), opacity: 0.55, strokeWidth: 2, aria: false },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
      {
        mark: { type: 'point', filled: true, color: colorOf('blue'), opacity: 1 },
        encoding: {
          x,
          y: { ...y, field: 'accuracy' },
          size: {
            field: 'images',
            type: 'quantitative',
            legend: null,
            scale: { type: 'sqrt', range: [18, 160] },
          },
          description: { field: 'description', type: 'nominal' },
        },
      },
    ],
  };
}

const AXIS = { format: '~r', values: [0, 0.2, 0.4, 0.6, 0.8, 1] };
