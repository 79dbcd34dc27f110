/**
 * What Inkling does with files and folders, in Node.js, Deno, and Bun: data sets, image files, runs, and the server.
 *
 * @module inkling/node
 */
export { type BackboneRequest, loadBackbone } from './backbones/loadBackbone.js';
export { BackboneUnavailableError } from './backbones/weightsFile.js';
export { DatasetUnavailableError } from './data/catalog/loadCatalogSet.js';
export type { DownloadProgress } from './data/files/download.js';
export type { DatasetRequest } from './data/datasetRequest.js';
export { loadDataset } from './data/load.js';
export { explainFiles, type FileExplanation } from './explain/explainFiles.js';
export { type ExportCheck, type Exported, type ExportRequest, exportModel } from './export/exportModel.js';
export type { LogitComparison } from './export/compareWithOnnx.js';
export type { ExportFormatName } from './export/formats/index.js';
export { findOnnxRuntime, type OnnxRuntime, type OnnxSession } from './export/onnxRuntime.js';
export { checkParity, type Parity, type ParityOptions, readReportRecords } from './parity/checkParity.js';
export type { ParityCheck } from './parity/compare.js';
export type { Golden } from './parity/golden.js';
export type { SeedParity } from './parity/parity.js';
export type { FoundImageFile } from './images/imageFileResults.js';
export { findImageFiles, type FoundImages } from './predict/findImages.js';
export { readSavedModel, saveClassifier } from './predict/load.js';
export { kaggleCsv, predictionsCsv } from './predict/predictionFormats.js';
export { predictFiles, type PredictFilesOptions } from './predict/predictFiles.js';
export type { FilePrediction } from './predict/predictions.js';
export { predictTable } from './predict/predictTable.js';
export {
  type CompanionOptions,
  writeCompanions,
  type WrittenCompanions,
} from './report/companions/writeCompanions.js';
export {
  type ComparedPair,
  type ComparedRun,
  type Comparison,
  compareRuns,
} from './runs/compare/compareRuns.js';
export type { FinishedRun, RunHooks } from './runs/conductRun.js';
export { assertSameTestImages, datasetOf } from './runs/dataset/runDataset.js';
export { evaluateRun, evaluateRunInDetail, type EvaluateRunOptions } from './runs/evaluateRun.js';
export type { RunEvent } from './runs/events.js';
export { type ImportedRun, type ImportOptions, importRun } from './runs/importRun.js';
export {
  findLabelErrors,
  type LabelAudit,
  type LabelAuditOptions,
  type LabelAuditProgress,
} from './runs/labelAudit/findLabelErrors.js';
export { type BrokenRun, isBroken, type ListedRun, listRuns, stateOfRun } from './runs/listRuns.js';
export { embedTestImages, type EmbeddingOptions } from './runs/measurements/embedTestImages.js';
export type { Embedding } from './runs/measurements/embedding.js';
export {
  type Measurement,
  type MeasurementName,
  readMeasurement,
  saveMeasurement,
} from './runs/measurements/measurement.js';
export { measureRobustness, type RobustnessOptions } from './runs/measurements/measureRobustness.js';
export type { Robustness } from './runs/measurements/robustness.js';
export {
  type FinishedRunRecord,
  readConfig,
  readFinishedRun,
  readRun,
  type RunRecord,
} from './runs/readRun.js';
export { type ModelSources, readTrainedModel, resolveTrainedModel } from './runs/resolveModel.js';
export { readResumePoint, type ResumePoint } from './runs/resume.js';
export type { RunState } from './runs/runState.js';
export type { RunSummary } from './runs/runSummary.js';
export { summarizeSeeds, type SeedsSummary } from './runs/seeds.js';
export { type ConfigSources, startingConfig, type StartingConfig } from './runs/startingConfig.js';
export { resumeRun, trainRun } from './runs/trainRun.js';
export type { Difference, Verification } from './runs/verify/verification.js';
export { verifyRun, type VerifyOptions } from './runs/verify/verifyRun.js';
export { type RunningServer, type ServerOptions, startServer } from './server/startServer.js';
export { parameterImportance, TRIALS_FOR_IMPORTANCE } from './sweep/analysis/importance.js';
export {
  concludeSweep,
  type FinalistComparison,
  type SweepConclusion,
} from './sweep/finalists/conclusion.js';
export { type Finalist, finalistsOf, selectedTrial } from './sweep/finalists/finalists.js';
export type { SeedRun, SweepDefinition, SweepTest } from './sweep/journal/records.js';
export type { SweepState } from './sweep/journal/replay.js';
export { createSweep, planSweep, sweepData, type SweepOptions, type SweepPlan } from './sweep/planSweep.js';
export { type BullOptions, bullQueue } from './sweep/queue/bullQueue.js';
export type { WorkerOptions } from './sweep/queue/bull/workerOptions.js';
export { workOnTrials } from './sweep/queue/bull/workOnTrials.js';
export type { Execution, SharedExecution } from './sweep/queue/inProcessQueue.js';
export type { OpenQueue } from './sweep/queue/localQueue.js';
export type { TrialImages } from './sweep/queue/trialImages.js';
export type { TrialEnd, TrialJob, TrialQueue, TrialReports } from './sweep/queue/trialQueue.js';
export { runSweep, type SweepHooks } from './sweep/runSweep.js';
export type { Choice, Distribution, Range, Value } from './sweep/space/distribution.js';
export type { Conditions, Parameter, Params, Space } from './sweep/space/space.js';
export type { PrunerName, SamplerName } from './sweep/strategies.js';
export { stopTrial } from './sweep/stopTrial.js';
export {
  listSweeps,
  readSweep,
  resolveSweepFolder,
  stateOfSweep,
  type SweepRecord,
} from './sweep/sweepFolder.js';
export { type PlannedRun, type RunsHooks, type SeriesHooks, trainRuns } from './sweep/trainRuns.js';
export { outOfFoldCsv, type OutOfFoldPrediction } from './sweep/outOfFold.js';
export { type FoldsSummary, summarizeFolds } from './sweep/summarizeFolds.js';
export { type FoldRun, trainFolds } from './sweep/trainFolds.js';
export { trainSeeds } from './sweep/trainSeeds.js';
export { bestTrial, type Direction, type Trial } from './sweep/trial.js';
