/**
 * Inkling: train, evaluate and use image classifiers.
 *
 * @packageDocumentation
 */
export { InklingError, UsageError } from './core/errors.js';
export type { Shape } from './core/shape.js';
export { VERSION } from './core/version.js';
export { auditDataset, type DatasetAudit } from './data/audit.js';
export type { Dataset, DatasetSource, ImageSet } from './data/dataset.js';
export { generateDigits } from './data/digits/generateDigits.js';
export { type DatasetRequest, loadDataset } from './data/load.js';
export type { SavedModel } from './interop/checkpoint.js';
export { type Layer, residual } from './layers/index.js';
export * from './layers/generated/kinds.js';
export { modelFrom } from './models/document.js';
export type { Model } from './models/model.js';
export { preset, presetNames, type PresetOptions } from './models/presets.js';
export { resolveModel } from './models/resolve.js';
export type { ResolvedLayer, ResolvedModel } from './models/resolved.js';
export { countParameters, type Weights } from './models/weights.js';
export { Classifier } from './predict/classifier.js';
export {
  type Activations,
  CompiledModel,
  type CompileOptions,
  type ModelOutputs,
} from './predict/compiledModel.js';
export { assessDoubt, type Doubt, type DoubtReason } from './predict/doubt.js';
export { findImageFiles, type FoundImageFile, type FoundImages } from './predict/findImages.js';
export { loadClassifier, readSavedModel, saveClassifier } from './predict/load.js';
export { predictFiles, type PredictFilesOptions } from './predict/predictFiles.js';
export { type FilePrediction, type Prediction, predictionsOf } from './predict/predictions.js';
export { predictTable } from './predict/predictTable.js';
export type { RankedClass } from './predict/ranking.js';
export type { TrainedModel } from './predict/trainedModel.js';
export { type Config, parseConfig, type PartialConfig } from './train/config.js';
export type { EpochRecord } from './train/epochRecord.js';
export type { Progress, TrainingEvent } from './train/events.js';
export { evaluate, type EvaluationOptions } from './train/evaluate.js';
export { fit, type FitResult, type FitSettings } from './train/fit.js';
export type { BestModel } from './train/state/snapshots.js';
export type { TrainingHooks } from './train/trainModel.js';
export { type Recipe, recipe, recipeNames } from './train/recipes.js';
export type { ClassMetrics, ClassificationMetrics } from './train/metrics.js';
export { type Comparison, compareRuns } from './runs/compare/compareRuns.js';
export { assertSameTestImages, datasetOf } from './runs/dataset/runDataset.js';
export { importRun } from './runs/importRun.js';
export { readTrainedModel, resolveTrainedModel } from './runs/resolveModel.js';
export { readResumePoint, type ResumePoint } from './runs/resume.js';
export type { FinishedRun, RunHooks } from './runs/conductRun.js';
export { resumeRun, trainRun } from './runs/trainRun.js';
export { evaluateRun, type EvaluateRunOptions } from './runs/evaluateRun.js';
export { type BrokenRun, isBroken, type ListedRun, listRuns, stateOfRun } from './runs/listRuns.js';
export { readConfig, readFinishedRun, readRun, type RunRecord } from './runs/readRun.js';
export type { RunState } from './runs/runState.js';
export { summarizeSeeds, type SeedsSummary, trainSeeds } from './runs/seeds.js';
export { type ConfigSources, startingConfig, type StartingConfig } from './runs/startingConfig.js';
export type { RunSummary } from './runs/runSummary.js';
export { DivergedError } from './train/trainEpoch.js';
export type { RunEvent } from './runs/events.js';
