import { useState } from 'preact/hooks';
import { download } from '../../components/download.js';
import { messageOf } from '../../components/format.js';
import { countExamples } from '../data/collection.js';
import { LESSONS } from '../lessons/lessons.js';
import type { LessonState } from '../lessons/useLesson.js';
import { networkOfModel } from '../network/network.js';
import type { LabState } from '../storage/labState.js';
import { text } from '../text/text.js';
import type { Lab } from '../useLab.js';
import { decodeProject, encodeProject, type ProjectContent } from './projectFile.js';

/** What was opened or saved last, or why that failed. */
interface Outcome {
  readonly isError: boolean;
  readonly message: string;
}

/**
 * Saves everything in the lab as one file, and replaces it by what such a file contains.
 *
 * @param state what the lab contains now
 */
export function useProject(state: LabState, lab: Lab, lesson: LessonState) {
  const [outcome, setOutcome] = useState<Outcome>();
  const [before, setBefore] = useState<ProjectContent>();
  const content: ProjectContent = { state, lesson: lesson.lesson?.id };

  const attempt = async (act: () => Promise<string | undefined>) => {
    setOutcome(undefined);
    try {
      const message = await act();
      setOutcome(message === undefined ? undefined : { isError: false, message });
    } catch (error) {
      setOutcome({ isError: true, message: messageOf(error) });
    }
  };
  /** What was there can be brought back, and what takes its place as well. */
  const replaceBy = ({ state: { collection, network, ...rest }, lesson: id }: ProjectContent) => {
    setBefore(content);
    lab.collection.change(() => collection);
    if (network !== undefined) lab.network.change(() => networkOfModel(network.model, network.preset));
    lab.training.replace(rest);
    lab.setReplaced(rest.replaced);
    lesson.choose(LESSONS.find((each) => each.id === id));
  };
  return {
    outcome,
    runs: lab.training.runs,
    canGoBack: before !== undefined,
    save: () =>
      attempt(async () => {
        const name = `${state.collection.name.replaceAll(' ', '-')}-project.zip`;
        download(await encodeProject(content), name, 'application/zip');
        return undefined;
      }),
    open: (file: File) =>
      attempt(async () => {
        const project = await decodeProject(new Uint8Array(await file.arrayBuffer()), file.name);
        replaceBy(project);
        const { collection, runs } = project.state;
        return text.project.opened(file.name, countExamples(collection), runs.length);
      }),
    goBack: () => {
      setOutcome(undefined);
      if (before !== undefined) replaceBy(before);
    },
  };
}

export type Project = ReturnType<typeof useProject>;
