import type { ReportRun } from '../reportRun.js';

/**
 * Whether a program can be written from the record: that of a run folder, since a training in memory does not say where its images are from.
 * What was trained from other weights, or imported, needs files that no program contains, and parts of the training images that are not
 * those of a split, or were chosen by groups or a limit, need the lists of their indices.
 */
export function hasProgram({ name, config, summary }: ReportRun): boolean {
  const { initFrom, backbone, weights, fold, group, exclude, trainLimit, trainLimitPerClass } = config;
  const limits = [trainLimit, trainLimitPerClass];
  const needsFiles = [initFrom, backbone, weights, fold, group, exclude, ...limits].some(
    (value) => value !== undefined,
  );
  return name !== undefined && summary.stopReason !== 'imported' && summary.epochs.length > 0 && !needsFiles;
}

/** What a run did that the PyTorch program leaves out, so that its numbers differ from those of the run; usually nothing. */
export function differencesOf({ config, summary, saved }: ReportRun): string[] {
  const { augment, tta, classWeights, emaDecay, sampling, input, imageSize } = config;
  const { validationSplit } = summary.dataset;
  const parts: [what: string, isLeftOut: boolean][] = [
    ['data augmentation', augment !== undefined],
    ['test-time augmentation', tta !== undefined],
    ['class weights', classWeights !== undefined],
    ['the average of the weights', emaDecay !== undefined],
    ['balanced sampling', sampling === 'balanced'],
    ['the preparation of the images', input !== undefined || imageSize !== undefined],
    ['the stratified split', validationSplit === 'stratified'],
    ['the random numbers of dropout', saved.model.layers.some(({ type }) => type === 'dropout')],
  ];
  return parts.filter(([, isLeftOut]) => isLeftOut).map(([what]) => what);
}
