/**
 * Reports on training runs: as a page in HTML, as PDF, and as figures.
 *
 * @module inkling/report
 */
export {
  type AugmentationSheet,
  type AugmentationSheetOptions,
  writeAugmentationSheet,
} from './augmentationSheet.js';
export {
  type RenderedReport,
  renderReport,
  type ReportOptions,
  writeReport,
  type WrittenReport,
} from './write.js';
