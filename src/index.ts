/**
 * Inkling: train, evaluate, and use image classifiers, in any JavaScript runtime. What reads files and folders is in `inkling/node`.
 *
 * @module inkling
 */
export {
  BusyError,
  ClosedError,
  DivergedError,
  type ErrorCode,
  FetchError,
  InklingError,
  InvalidInputError,
  MachineError,
  UnsupportedError,
  UsageError,
} from './core/errors.js';
export type { Shape } from './core/shape.js';
export { VERSION } from './core/version.js';
export {
  auditDataset,
  type AuditOptions,
  type DatasetAudit,
  type PartAudit,
} from './data/audit/auditDataset.js';
export {
  confidentLearning,
  type ConfidentLearning,
  type LabeledPredictions,
  type LabelError,
} from './data/audit/confidentLearning.js';
export { labelErrorsCsv } from './data/audit/labelErrorsCsv.js';
export type {
  Dataset,
  DatasetSource,
  ImageSet,
  LoadedDataset,
  LoadedImageSet,
  StoredImages,
} from './data/dataset.js';
export type { ExcludedImages } from './data/audit/excludedImages.js';
export type { ImageFileInfo } from './data/imageFiles.js';
export { type DatasetImage, imageOf } from './data/imageOf.js';
export type { DatasetPart } from './data/parts.js';
export { generateDigits } from './data/digits/generateDigits.js';
export { encodeTorch, type TorchOptions } from './export/encodeTorch.js';
export { encodeCheckpoint, type SavedModel } from './interop/checkpoint.js';
export { decodeCheckpoint } from './interop/decodeCheckpoint.js';
export { decodeWeights, type ImportedModel, type WeightsOptions } from './interop/decodeWeights.js';
export { encodeOnnx, type OnnxOptions } from './interop/onnx/encode.js';
export { decodeOnnx, type OnnxImportOptions } from './interop/onnx/file/decodeOnnx.js';
export { type Layer, residual, squeezeExcitation } from './layers/index.js';
export * from './layers/generated/kinds.js';
export type { Saliency, SaliencyRequest } from './explain/explainer.js';
export { InputGradients } from './explain/inputGradients.js';
export type { SaliencyMethod } from './explain/methods.js';
export type { Bitmap, Canvas, Drawable, Frame } from './images/drawable.js';
export type { InputKind } from './images/inputKind.js';
export type { PixelInput } from './images/pixelInput.js';
export type { TrainingRecord } from './interop/trainingRecord.js';
export { calibrateModel, type CalibrationOptions } from './library/calibrateModel.js';
export { calibrationNotice } from './library/calibrationNotice.js';
export type { ClassBalance } from './data/classBalance.js';
export { classBalance } from './library/classBalance.js';
export type { Classification, ClassProbability, ImageResult } from './library/classification.js';
export { Classifier } from './library/classifier.js';
export type {
  ClassifierOptions,
  ClassifyOptions,
  ImageOptions,
  LoadOptions,
  SaliencyOptions,
} from './library/classifierOptions.js';
export { loadClassifier } from './library/loadClassifier.js';
export { createDataset, type DatasetOptions, type LabeledImage } from './library/createDataset.js';
export { decodeIdx, type IdxImageSet } from './library/decodeIdx.js';
export { fit, type Training } from './library/fit.js';
export type { ImageInput } from './library/imageInput.js';
export { prepareImage, type PrepareOptions } from './library/prepareImage.js';
export { provideKernels } from './library/provideKernels.js';
export { type DocumentOptions, modelFrom } from './models/document.js';
export type { Model } from './models/model.js';
export type { ByteSource } from './platform/byteSource.js';
export type { ArchitectureOptions, PresetOptions } from './models/presetOptions.js';
export { preset, type PresetName, presetNames } from './models/presets.js';
export { resolveModel } from './models/resolve.js';
export type { ResolvedLayer, ResolvedModel } from './models/resolved.js';
export { type LayerSummary, type ModelSummary, summarize } from './models/summary.js';
export { countParameters, type Weights } from './models/weights.js';
export type { Calibration } from './interop/calibrationRecord.js';
export {
  type Activations,
  CompiledModel,
  type CompileOptions,
  type ModelOutputs,
} from './predict/compiledModel.js';
export { assessDoubt, type Doubt, type DoubtReason } from './predict/doubt.js';
export { type Prediction, predictionsOf } from './predict/predictions.js';
export type { RankedClass } from './predict/ranking.js';
export { photoBackbone } from './backbones/photoBackbone.js';
export type { ViewSettings } from './predict/viewSettings.js';
export type { TrainedModel } from './predict/trainedModel.js';
export {
  type ComparedModel,
  compareModels,
  type ModelComparison,
  type ModelPair,
} from './runs/compare/compareModels.js';
export { comparePredictions, type PairedComparison } from './runs/compare/comparePredictions.js';
export {
  chanceToReach,
  describeSample,
  mcNemarExact,
  predictionInterval,
  type SampleStatistics,
  wilsonInterval,
} from './runs/compare/statistics.js';
export {
  type CurveAreas,
  detailedMetrics,
  type DetailedMetrics,
  type DetailedMetricsOptions,
  type DrawnCurves,
} from './runs/statistics/detailedMetrics.js';
export type { Point } from './runs/statistics/curves.js';
export { type DetailedEvaluation, evaluateInDetail } from './runs/statistics/evaluateInDetail.js';
export type { ClassAverages, LabelMetrics } from './runs/statistics/labelMetrics.js';
export type { ProbabilityScores, ReliabilityBin } from './runs/statistics/reliability.js';
export {
  learningCurve,
  type LearningCurvePoint,
  type LimitedTraining,
} from './runs/statistics/learningCurve.js';
export { correctedResampledTest, type ResampledImages } from './runs/statistics/resampledTest.js';
export type { PairedTest } from './runs/compare/pairedTest.js';
export type { RiskCoverage } from './runs/statistics/riskCoverage.js';
export { type Config, parseConfig, type PartialConfig } from './train/config.js';
export type { EpochRecord } from './train/epochRecord.js';
export type { Progress, TrainingEvent } from './train/events.js';
export { evaluate, type EvaluationOptions } from './train/evaluate.js';
export { allButHead, backboneFor, type Backbone } from './train/fineTune.js';
export type { ClassMetrics, ClassificationMetrics } from './train/metrics.js';
export type { Augmentation } from './plan/augmentation.js';
export { previewAugmentation, type PreviewOptions } from './train/preview.js';
export {
  describeTrainingStep,
  type TrainingOperation,
  type TrainingStage,
  type TrainingStep,
  type TrainingStepOptions,
} from './train/profile/trainingStep.js';
export { type Recipe, recipe, recipeNames } from './train/recipes.js';
export type { BestModel } from './train/state/snapshots.js';
export type { CrossFitState } from './train/state/crossFit.js';
export type { TrainingState } from './train/state/trainingState.js';
export type { FitSettings } from './train/settings/fitSettings.js';
export type { FitOptions, FitResult } from './train/trainAndScore.js';
export type { ChosenDevice, DeviceTrial } from './train/device/chosenDevice.js';
export type { EngineInfo, TrainingHooks } from './train/trainingHooks.js';
