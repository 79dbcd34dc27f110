import { resolveModel } from '#inkling/models/resolve.js';
import { reportCnn } from '../networks/models.js';
import type { Row, scalings } from '../results.js';
import { fitPowerLaw, type Point, type PowerLaw } from './fit.js';

type Scaling = (typeof scalings)[number];

/** How the cost of training grows with one quantity. */
export interface Series {
  readonly by: Scaling;
  readonly points: readonly Point[];
  readonly fit: PowerLaw;
  /** The exponent of the multiply-adds per image, where the network or its images change. */
  readonly multiplyAdds: number | undefined;
}

export interface ScalingDefinition {
  readonly by: Scaling;
  /** The horizontal axis. */
  readonly quantity: string;
  /** What the cost is of, such as `step`. */
  readonly costPer: string;
  readonly xOf: (row: Row) => number;
  /** Seconds. */
  readonly costOf: (row: Row) => number;
  /** The exponent of a cost that is proportional to the work. */
  readonly linear: number;
  readonly changesNetwork: boolean;
}

const perImage = ({ imagesPerSecond }: Row) => 1 / imagesPerSecond;
const modelOf = ({ width, side }: Row) => resolveModel(reportCnn(width, side));

export const scalingDefinitions: readonly ScalingDefinition[] = [
  {
    by: 'images',
    quantity: 'images in the data set',
    costPer: 'epoch',
    xOf: ({ images }) => images,
    costOf: (row) => row.images * perImage(row),
    linear: 1,
    changesNetwork: false,
  },
  {
    by: 'batch',
    quantity: 'images per batch',
    costPer: 'step',
    xOf: ({ batch }) => batch,
    costOf: ({ median }) => median,
    linear: 1,
    changesNetwork: false,
  },
  {
    by: 'width',
    quantity: 'parameters',
    costPer: 'image',
    xOf: (row) => modelOf(row).parameterCount,
    costOf: perImage,
    linear: 1,
    changesNetwork: true,
  },
  {
    by: 'side',
    quantity: "pixels of an image's side",
    costPer: 'image',
    xOf: ({ side = 28 }) => side,
    costOf: perImage,
    linear: 2,
    changesNetwork: true,
  },
  {
    by: 'threads',
    quantity: 'threads',
    costPer: 'image',
    xOf: ({ threads }) => threads,
    costOf: perImage,
    linear: -1,
    changesNetwork: false,
  },
];

/** The series that were measured with at least two values. */
export function seriesOf(rows: readonly Row[]): Series[] {
  return scalingDefinitions.flatMap(({ by, xOf, costOf, changesNetwork }) => {
    const own = rows.filter(({ task }) => task === `training by ${by}`);
    const points = own.map((row) => ({ x: xOf(row), cost: costOf(row) }));
    if (new Set(points.map(({ x }) => x)).size < 2) return [];
    const work = own.map((row) => ({ x: xOf(row), cost: modelOf(row).multiplyAdds }));
    return [
      {
        by,
        points,
        fit: fitPowerLaw(points),
        multiplyAdds: changesNetwork ? fitPowerLaw(work).exponent : undefined,
      },
    ];
  });
}
