import type { Block, Subsection, Text } from '../document.js';

/** What sections say about test images holds for the images of all folds, each of which its model was not trained on. */
export function ofOutOfFoldImages(subsection: Subsection): Subsection {
  return { ...subsection, blocks: subsection.blocks.map(reworded) };
}

function reworded(block: Block): Block {
  switch (block.type) {
    case 'paragraph':
      return { ...block, text: words(block.text) };
    case 'list':
      return { ...block, items: block.items.map(words) };
    case 'table':
      return { ...block, caption: words(block.caption), rows: block.rows.map((row) => row.map(words)) };
    case 'figure':
      return { ...block, caption: words(block.caption), altText: word(block.altText) };
    case 'listing':
    case 'displayedFormula':
      return block;
  }
}

const words = (text: Text): Text => text.map((part) => (typeof part === 'string' ? word(part) : part));
const word = (part: string) => part.replaceAll(/\btest image/g, 'out-of-fold image');
