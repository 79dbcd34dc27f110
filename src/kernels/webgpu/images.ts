import { forItemsOf } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { byteAt, FRACTION } from './lib/bytes.js';
import { elementsOf } from './lib/wgsl.js';

export const imagesToFloats: WebgpuKernel<'imagesToFloats'> = ({ reads: { images, labels }, writes }) =>
  forItemsOf(
    { labels, ...writes },
    writes.output,
    `store(at_output(item, e), fractionOf(byteAt((current.first + item) * ${elementsOf(images)}u + e)));
  ${COPY_LABEL}`,
    byteAt(images) + FRACTION,
  );

export const loadFeatures: WebgpuKernel<'loadFeatures'> = ({ reads, writes }) =>
  forItemsOf(
    { ...reads, ...writes },
    writes.output,
    `store(at_output(item, e), load(at_features(current.first + item, e)));
  ${COPY_LABEL}`,
  );

const COPY_LABEL =
  'if (e == 0u) { storeWord(at_targets(item, 0u), loadWord(at_labels(0u, current.first + item))); }';

export const padImages: WebgpuKernel<'padImages'> = ({ reads, writes }) =>
  forItemsOf({ ...reads, ...writes }, writes.output, 'store(at_output(item, e), load(at_input(item, e)));');
