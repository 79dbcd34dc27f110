import type { Layer } from '#inkling/index.js';
import type { Collection } from '../data/collection.js';
import type { TermName } from '../glossary/term.js';
import type { OwnPreset } from '../network/network.js';
import type { LabText, TrainingNumbers } from '../text/en.js';
import type { LabSettings } from '../training/settings.js';
import type { Task } from '../training/trainingRun.js';

/** The key of its texts. */
export type LessonId = keyof LabText['lessons']['all'];

type Matches = (task: Task) => boolean;

/** What a lesson starts from. */
export interface Setup {
  /** The examples, given the built-in digits. */
  readonly examples: (digits: Collection) => Collection;
  /** A preset, or layers with a linear one at the end. */
  readonly network: OwnPreset | readonly Layer[];
  readonly settings: Partial<LabSettings>;
}

/** A view, and, if the step asks for a training, its position among those of the lesson. */
export type Step = readonly [view: keyof LabText['views'], training?: number];

/** A short experiment: two trainings that differ in one thing. */
export interface Lesson {
  readonly id: LessonId;
  /** How long it takes, with reading. */
  readonly minutes: number;
  readonly setup: Setup;
  /** In the order of their texts. */
  readonly steps: readonly Step[];
  /** What its texts assume to be known. */
  readonly terms: readonly TermName[];
  /** What the two trainings differ in; everything else must be the same. */
  readonly varies: 'data' | 'network' | keyof LabSettings;
  /** Whether a training is the first one of the lesson, the second one, or one that may follow. */
  readonly trainings: readonly [isFirst: Matches, isSecond: Matches, ...others: Matches[]];
  /** Whether the trainings show what the lesson is about. */
  readonly isShown: (first: TrainingNumbers, second: TrainingNumbers) => boolean;
}
