import * as z from 'zod/mini';
import { nonNegativeInteger } from '../core/validate.js';

const MAX_PIXELS = 8;

/** Test-time augmentation: the views of an image whose predictions are averaged. */
export const viewsSchema = z.strictObject({
  flip: z._default(z.boolean(), false).check(z.describe('include a horizontally mirrored view')),
  shift: z
    ._default(nonNegativeInteger.check(z.maximum(MAX_PIXELS)), 0)
    .check(z.describe('include views shifted by this many pixels in each direction')),
});

/** All settings of test-time augmentation. */
export type ViewSettings = Readonly<z.output<typeof viewsSchema>>;

/** As shown in tables: `flip, shift=1`. */
export function formatViews({ flip, shift }: ViewSettings): string {
  return [...(flip ? ['flip'] : []), ...(shift > 0 ? [`shift=${shift}`] : [])].join(', ') || 'none';
}
