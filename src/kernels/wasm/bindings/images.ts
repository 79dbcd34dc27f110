import { itemBytes } from '../../../plan/tensor.js';
import { image, rowsOf, type BindingsOf } from './arguments.js';

/** Images on their way into a network. */
export const imagesBindings: BindingsOf<'gatherImages' | 'augmentImages' | 'padImages' | 'add'> = {
  gatherImages({ reads, writes }, kernels, { steps }) {
    const { images, labels, order } = reads;
    const { rows, rowElements, pitches } = rowsOf(writes.output);
    const tables = [images.offset, labels.offset, order.offset, itemBytes(images), ...pitches];
    return (_task, begin, end, step) => {
      kernels.gatherImages(
        begin,
        end,
        step,
        steps.offset,
        ...tables,
        rows,
        rowElements,
        writes.targets.offset,
      );
    };
  },

  augmentImages({ reads, writes, augmentation }, kernels, { steps }) {
    const { images, labels, order } = reads;
    const { targets, partners, partnerShares } = writes;
    const tables = [images.offset, labels.offset, order.offset] as const;
    const { origin, item, row, height, width, channels } = image(writes.output);
    const output = [origin, item, row, height, width, channels] as const;
    const answers = [targets.offset, partners.offset, partnerShares.offset] as const;
    const { shift, rotate, scale, shear, elastic, crop, erase, brightness, contrast } = augmentation;
    const { mixup, cutmix, flip, border } = augmentation;
    const strengths = [shift, rotate, scale, shear, elastic, crop, erase, brightness, contrast] as const;
    const others = [mixup, cutmix, Number(flip), Number(border === 'reflect')] as const;
    const all = [...tables, ...output, ...answers, ...strengths, ...others];
    return (_task, begin, end, step) => {
      kernels.augmentImages(begin, end, step, steps.offset, ...all);
    };
  },

  padImages({ reads, writes }, kernels) {
    const { rows, rowElements } = rowsOf(writes.output);
    const tables = [...rowsOf(reads.input).pitches, ...rowsOf(writes.output).pitches];
    return (_task, begin, end) => {
      kernels.padImages(begin, end, ...tables, rows, rowElements);
    };
  },

  add({ reads, writes }, kernels) {
    const { rows, rowElements } = rowsOf(writes.output);
    const tables = [reads.input, reads.other, writes.output].flatMap((tensor) => rowsOf(tensor).pitches);
    return (_task, begin, end) => {
      kernels.add(begin, end, ...tables, rows, rowElements);
    };
  },
};
