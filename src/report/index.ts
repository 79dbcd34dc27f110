/**
 * Reports on trainings: as a page in HTML, as PDF, and as figures. In browsers, `renderReport` makes the page and figures from what `fit`
 * returns; what reads or writes files is for Node.js.
 *
 * @module inkling/report
 */
export {
  type AugmentationSheet,
  type AugmentationSheetOptions,
  writeAugmentationSheet,
} from './sheets/augmentationSheet.js';
export { type ContactSheet, writeContactSheet } from './sheets/contactSheet.js';
export { writeLabelErrorSheet } from './sheets/labelErrorSheet.js';
export type { RenderedReport } from './renderedReport.js';
export { renderReport, type ReportOptions, type ReportSource } from './renderReport.js';
export type { ReportedTraining } from './reportedTraining.js';
export { type RenderedSweepReport, renderSweepReport } from './sweep/renderSweepReport.js';
export { writeReport, type WrittenReport, writeSweepReport, type WrittenSweepReport } from './write.js';
