import * as z from 'zod';
import { calibrationSchema } from '../../interop/calibrationRecord.js';
import { runSummarySchema } from '../../runs/runSummary.js';
import { configSchema } from '../../train/config.js';
import { savedEpochRecordSchema } from '../../train/epochRecord.js';
import { progressSchema } from '../../train/events.js';
import {
  datasetItemSchema,
  datasetListSchema,
  datasetSchema,
  imagePageSchema,
  runFileSchema,
  runItemSchema,
  runListSchema,
  runSchema,
  sweepItemSchema,
  sweepListSchema,
  sweepSchema,
  sweepTrialSchema,
  servedModelSchema,
} from '../apiSchemas.js';
import { comparedRunSchema, comparisonSchema, runPairSchema } from '../runs/comparisonSchemas.js';
import { trainingListSchema, trainingSchema, trainingSettingsSchema } from '../training/trainingSchemas.js';
import {
  doubtReasonSchema,
  fileErrorSchema,
  modelDescriptionSchema,
  predictionSchema,
  predictionsSchema,
  problemSchema,
  rankedClassSchema,
} from '../predictSchemas.js';

/** The bodies of requests and responses, by their names in the document. */
const schemas = {
  Predictions: predictionsSchema,
  Prediction: predictionSchema,
  FileError: fileErrorSchema,
  RankedClass: rankedClassSchema,
  DoubtReason: doubtReasonSchema,
  Model: modelDescriptionSchema,
  ServedModel: servedModelSchema,
  Calibration: calibrationSchema,
  RunList: runListSchema,
  RunItem: runItemSchema,
  Run: runSchema,
  RunFile: runFileSchema,
  Config: configSchema,
  RunSummary: runSummarySchema,
  EpochRecord: savedEpochRecordSchema,
  Progress: progressSchema,
  Comparison: comparisonSchema,
  ComparedRun: comparedRunSchema,
  RunPair: runPairSchema,
  SweepList: sweepListSchema,
  SweepItem: sweepItemSchema,
  Sweep: sweepSchema,
  SweepTrial: sweepTrialSchema,
  DatasetList: datasetListSchema,
  DatasetItem: datasetItemSchema,
  Dataset: datasetSchema,
  ImagePage: imagePageSchema,
  TrainingList: trainingListSchema,
  Training: trainingSchema,
  TrainingSettings: trainingSettingsSchema,
  Problem: problemSchema,
} as const satisfies Readonly<Record<string, z.core.$ZodType>>;

const uriOf = (name: string) => `#/components/schemas/${name}`;

/** A reference to a schema of the document. */
export function schemaRef(name: keyof typeof schemas): { readonly $ref: string } {
  return { $ref: uriOf(name) };
}

/** A schema in the JSON Schema format of OpenAPI 3.1. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

export function toJsonSchema(schema: z.core.$ZodType): JsonSchema {
  return embedded(z.toJSONSchema(schema, { unrepresentable: 'any' }));
}

/** All schemas by name; they refer to one another. */
export function componentSchemas(): Readonly<Record<string, JsonSchema>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const converted = z.toJSONSchema(registry, { uri: uriOf, unrepresentable: 'any' }).schemas;
  return Object.fromEntries(Object.entries(converted).map(([name, schema]) => [name, embedded(schema)]));
}

/** A schema as part of a document, which has the dialect and the identifiers. */
function embedded(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id'));
}
