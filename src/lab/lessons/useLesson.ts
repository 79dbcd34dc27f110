import { useState } from 'preact/hooks';
import { messageOf } from '../../components/format.js';
import { type Collection, INPUTS, usedClasses } from '../data/collection.js';
import { loadDigits } from '../data/digits.js';
import { type Network, networkOf, networkOfWorking, ownNetwork } from '../network/network.js';
import type { LabSettings } from '../training/settings.js';
import type { Lab } from '../useLab.js';
import type { Lesson, Setup } from './lesson.js';
import { LESSONS } from './lessons.js';

/** Keeps the lesson that is shown, for a page that is reloaded. */
const STORAGE_KEY = 'inkling-lesson';

/** What a lesson starts from. */
interface LessonWork {
  readonly examples: Collection;
  readonly network: Network;
  readonly settings: Partial<LabSettings>;
}

/** The lesson that is shown, and its setup. */
export function useLesson(lab: Lab) {
  const [lesson, setLesson] = useState(rememberedLesson);
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { replaced, setReplaced } = lab;

  const choose = (next: Lesson | undefined) => {
    setLesson(next);
    rememberLesson(next);
    setProblem(undefined);
  };
  const setUp = async ({ id, setup }: Lesson) => {
    setLoading(true);
    setProblem(undefined);
    try {
      const { examples, network, settings } = workOf(setup, await loadDigits());
      const { id: runId, epochs } = lab.training.run;
      const own = { ...lab.work, runId: epochs.length > 0 ? runId : undefined };
      // What an earlier lesson has set up is not the user's.
      setReplaced((before) => ({ ...(before ?? own), lesson: id }));
      lab.collection.change(() => examples);
      lab.network.change(() => network);
      lab.training.replaceSettings(settings);
      lab.training.setAside();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setLoading(false);
    }
  };
  return {
    lesson,
    isLoading,
    problem,
    /** Whether the lesson that is shown was set up. */
    isReady: replaced !== undefined && replaced.lesson === lesson?.id,
    /** Whether there is something to restore. */
    hasReplaced: replaced !== undefined,
    /** Shows another lesson, or the list of all. */
    choose,
    setUp: () => {
      if (lesson !== undefined) void setUp(lesson);
    },
    /** Restores what lessons have replaced, and shows the list of all. */
    end: () => {
      if (replaced !== undefined) {
        const { collection, network, settings, runId } = replaced;
        lab.collection.change(() => collection);
        if (network !== undefined) lab.network.change(() => networkOfWorking(network));
        lab.training.replaceSettings(settings);
        lab.training.setAside(runId);
        setReplaced(undefined);
      }
      choose(undefined);
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
export function workOf(setup: Setup, digits: Collection): LessonWork {
  const examples = setup.examples(digits);
  const options = { input: INPUTS[examples.kind].shape, classes: usedClasses(examples).length };
  const network =
    typeof setup.network === 'string' ? networkOf(setup.network, options) : ownNetwork(setup.network);
  return { examples, network, settings: setup.settings };
}
