import { useState } from 'preact/hooks';
import { download } from '../../components/download.js';
import { countExamples } from '../data/collection.js';
import { LESSONS } from '../lessons/lessons.js';
import type { LessonState } from '../lessons/useLesson.js';
import { networkOfWorking } from '../network/network.js';
import type { LabState } from '../storage/labState.js';
import { text } from '../text/text.js';
import type { Lab } from '../useLab.js';
import { useOutcome } from '../useOutcome.js';
import { decodeProject, encodeProject, type ProjectContent } from './projectFile.js';

/**
 * Saves everything in the lab as one file, and replaces it by what such a file contains.
 *
 * @param state what the lab contains now
 */
export function useProject(state: LabState, lab: Lab, lesson: LessonState) {
  const { outcome, attempt, forget } = useOutcome();
  const [before, setBefore] = useState<ProjectContent>();
  const content: ProjectContent = { state, lesson: lesson.lesson?.id };
  /** What was there can be brought back, and what takes its place as well. */
  const replaceBy = ({ state: { collection, network, ...rest }, lesson: id }: ProjectContent) => {
    setBefore(content);
    lab.collection.change(() => collection);
    if (network !== undefined) lab.network.change(() => networkOfWorking(network));
    lab.training.replace(rest);
    lab.setReplaced(rest.replaced);
    lab.setPretrained(rest.pretrained);
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
      forget();
      if (before !== undefined) replaceBy(before);
    },
  };
}

export type Project = ReturnType<typeof useProject>;
