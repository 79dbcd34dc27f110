import type { Layer } from '#inkling/index.js';
import type { Collection } from '../data/collection.js';
import type { LabPreset } from '../network/network.js';
import type { LabText, TrainingNumbers } from '../text/en.js';
import type { LabSettings } from '../training/settings.js';
import type { Task } from '../training/trainingRun.js';

/** The key of its texts. */
export type LessonId = keyof LabText['lessons']['all'];

/** What a lesson starts from. */
export interface Setup {
  /** The examples, given the built-in digits. */
  readonly examples: (digits: Collection) => Collection;
  /** A preset, or layers with a linear one at the end. */
  readonly network: LabPreset | readonly Layer[];
  readonly settings: Partial<LabSettings>;
}

/** A short experiment: two trainings that differ in one thing. */
export interface Lesson {
  readonly id: LessonId;
  /** How long it takes, with reading. */
  readonly minutes: number;
  readonly setup: Setup;
  /** The view of each step. */
  readonly steps: readonly (keyof LabText['views'])[];
  /** What the two trainings differ in; everything else must be the same. */
  readonly varies: 'data' | 'network' | keyof LabSettings;
  /** Whether a training is the first or the second one of the lesson. */
  readonly trainings: readonly [isFirst: (task: Task) => boolean, isSecond: (task: Task) => boolean];
  /** Whether the trainings show what the lesson is about. */
  readonly isShown: (first: TrainingNumbers, second: TrainingNumbers) => boolean;
}
