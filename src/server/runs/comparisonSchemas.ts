import * as z from 'zod';

/** Maximum number of runs in a comparison. */
export const MAX_COMPARED_RUNS = 10;

const images = z.int().min(0);

export const runPairSchema = z.object({
  first: z.string().describe('Name of a run.'),
  second: z.string().describe('Name of another run.'),
  bothCorrect: images.describe('Number of test images that both classify correctly.'),
  onlyFirst: images.describe('Number of those that only the first one does.'),
  onlySecond: images.describe('Number of those that only the second one does.'),
  bothWrong: images.describe('Number of those that neither does.'),
  pValue: z.number().min(0).max(1).describe("Of McNemar's exact test, not adjusted for the number of pairs."),
});

export const comparedRunSchema = z.object({
  name: z.string().describe('Name of the run.'),
  testSet: z
    .int()
    .min(0)
    .optional()
    .describe('Which images it was tested on: the same number means the same images.'),
  problem: z.string().optional().describe('Why it cannot be compared; instead of the number.'),
});

export const comparisonSchema = z.object({
  runs: z.array(comparedRunSchema).describe('In the order of the request.'),
  pairs: z.array(runPairSchema).describe('All pairs of runs that were tested on the same images.'),
});

export type RunPair = z.infer<typeof runPairSchema>;
export type RunComparison = z.infer<typeof comparisonSchema>;
