import { useState } from 'preact/hooks';
import { messageOf } from '../../components/format.js';
import { type Collection, INPUTS, usedClasses } from '../data/collection.js';
import { loadDigits } from '../data/digits.js';
import { type Network, networkOf } from '../network/network.js';
import type { LabSettings } from '../training/settings.js';
import type { Lab } from '../useLab.js';
import type { Lesson, Setup } from './lesson.js';
import { LESSONS } from './lessons.js';

/** Keeps the lesson that is shown, for a page that is reloaded. */
const STORAGE_KEY = 'inkling-lesson';

/** What a setup replaces. */
interface Work {
  readonly examples: Collection;
  readonly network: Network;
  readonly settings: Partial<LabSettings>;
}

/** The lesson that is shown, and its setup. */
export function useLesson(lab: Lab) {
  const [lesson, setLesson] = useState(rememberedLesson);
  const [phase, setPhase] = useState<'idle' | 'loading' | 'ready'>('idle');
  const [problem, setProblem] = useState<string>();
  const [before, setBefore] = useState<Work>();

  const replaceWork = ({ examples, network, settings }: Work) => {
    lab.collection.change(() => examples);
    lab.network.change(() => network);
    lab.training.replaceSettings(settings);
  };
  const setUp = async (setup: Setup) => {
    setPhase('loading');
    setProblem(undefined);
    try {
      const work = workOf(setup, await loadDigits());
      // A lesson that is set up again does not replace the work of the user.
      setBefore(
        (work) =>
          work ?? {
            examples: lab.collection.value,
            network: lab.network.value,
            settings: lab.training.settings,
          },
      );
      replaceWork(work);
      lab.training.setAside();
      setPhase('ready');
    } catch (error) {
      setProblem(messageOf(error));
      setPhase('idle');
    }
  };
  return {
    lesson,
    phase,
    problem,
    canUndo: before !== undefined,
    /** Shows another lesson, or the list of all. */
    choose: (next: Lesson | undefined) => {
      setLesson(next);
      rememberLesson(next);
      setBefore(undefined);
      setPhase('idle');
      setProblem(undefined);
    },
    setUp: () => {
      if (lesson !== undefined) void setUp(lesson.setup);
    },
    undo: () => {
      if (before !== undefined) replaceWork(before);
      setBefore(undefined);
      setPhase('idle');
    },
  };
}

function rememberedLesson(): Lesson | undefined {
  const id = localStorage.getItem(STORAGE_KEY);
  return LESSONS.find((lesson) => lesson.id === id);
}

function rememberLesson(lesson: Lesson | undefined): void {
  if (lesson === undefined) localStorage.removeItem(STORAGE_KEY);
  else localStorage.setItem(STORAGE_KEY, lesson.id);
}

export type LessonState = ReturnType<typeof useLesson>;

/** The examples, the network, and the settings that a lesson starts from. */
export function workOf(setup: Setup, digits: Collection): Work {
  const examples = setup.examples(digits);
  const options = { input: INPUTS[examples.kind].shape, classes: usedClasses(examples).length };
  const network =
    typeof setup.network === 'string'
      ? networkOf(setup.network, options)
      : { preset: undefined, layers: setup.network, probesWithZeros: false };
  return { examples, network, settings: setup.settings };
}
