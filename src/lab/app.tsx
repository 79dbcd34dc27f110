import { useEffect, useRef } from 'preact/hooks';
import { Notice } from '../components/notice.js';
import { PageFrame } from '../components/pageFrame.js';
import { useFullRoute } from '../components/route.js';
import { TextsProvider } from '../components/texts.js';
import { translateNames } from './data/collection.js';
import { DataView } from './data/dataView.js';
import { LessonPanel } from './lessons/lessonPanel.js';
import { useLesson } from './lessons/useLesson.js';
import { useLink } from './lessons/useLink.js';
import { NetworkView } from './network/networkView.js';
import { registerServiceWorker } from './offline/register.js';
import { ProjectCard } from './project/projectCard.js';
import { useProject } from './project/useProject.js';
import type { LabStorage } from './storage/openStorage.js';
import { StorageCard } from './storage/storageCard.js';
import { describeProblem } from './storage/storageProblem.js';
import { labStateOf } from './storage/labStateOf.js';
import { useSaving } from './storage/useSaving.js';
import { TeacherView } from './teacher/teacherView.js';
import type { Language } from './text/language.js';
import { LanguageSelect } from './text/languageSelect.js';
import { text } from './text/text.js';
import { useLanguage } from './text/useLanguage.js';
import { TrainingView } from './training/trainingView.js';
import { TryView } from './try/tryView.js';
import { type Lab, useLab } from './useLab.js';

const VIEWS = ['data', 'network', 'training', 'try'] as const;
/** The route of the page for teachers, which is not one of the views. */
const TEACHER = 'teacher';

type ViewName = (typeof VIEWS)[number];

interface AppProps {
  readonly storage: LabStorage;
  readonly initialLanguage: Language;
}

export function App({ storage, initialLanguage }: AppProps) {
  const language = useLanguage(initialLanguage);
  const { parts, query } = useFullRoute();
  const [route] = parts;
  const view = VIEWS.find((each) => each === route) ?? 'data';
  const lab = useLab(storage.saved);
  const state = labStateOf(lab);
  const problem = useSaving(state, lab, storage.store) ?? storage.problem;
  const lesson = useLesson(lab);
  const project = useProject(state, lab, lesson);
  const problems = useLink(query, lab, lesson);
  useOffline(lab);
  useTranslatedNames(lab, language.language);
  const { shown, follow } = useFollowedLink(view);
  const sections = VIEWS.map((each) => ({ route: each, title: text.views[each] }));
  const isForTeachers = route === TEACHER;
  return (
    <TextsProvider value={text.components}>
      <PageFrame
        home={{ route: 'data', label: text.home }}
        sections={sections}
        current={
          isForTeachers ? { route: TEACHER, title: text.teacher.title } : sections[VIEWS.indexOf(view)]
        }
        name={text.name}
        tools={<LanguageSelect language={language.language} onChange={language.change} />}
      >
        {language.isMissing && <Notice isError>{text.noLanguage}</Notice>}
        {problem !== undefined && <Notice>{describeProblem(problem)}</Notice>}
        {problems.length > 0 && (
          <Notice isError>
            {text.lessons.badLink} {problems.join('; ')}
          </Notice>
        )}
        {isForTeachers ? (
          <TeacherView storage={storage} project={project} />
        ) : (
          <>
            <LessonPanel lab={lab} state={lesson} onFollow={follow} />
            <div ref={shown}>
              <View view={view} lab={lab} />
            </div>
            {(view === 'data' || view === 'try') && <ProjectCard project={project} />}
            {view === 'data' && storage.store !== undefined && <StorageCard storage={storage} />}
          </>
        )}
      </PageFrame>
    </TextsProvider>
  );
}

function View({ view, lab }: { view: ViewName; lab: Lab }) {
  if (view === 'network') return <NetworkView lab={lab} />;
  if (view === 'training') return <TrainingView lab={lab} />;
  return view === 'try' ? <TryView lab={lab} /> : <DataView lab={lab} />;
}

/** What scrolls to a view when a link of the lesson above it is followed, of which phones show nothing else. */
function useFollowedLink(view: ViewName) {
  const shown = useRef<HTMLDivElement>(null);
  const followed = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (followed.current === view) shown.current?.scrollIntoView();
    followed.current = undefined;
  }, [view]);
  const follow = (route: string) => {
    if (route === view) shown.current?.scrollIntoView();
    else followed.current = route;
  };
  return { shown, follow };
}

/** Gives classes that were not renamed their names in the language that is shown, unless a network was trained with the others. */
function useTranslatedNames({ collection, dataset, training }: Lab, language: Language): void {
  const shown = useRef(text.data);
  useEffect(() => {
    const before = shown.current;
    shown.current = text.data;
    const isTrained = dataset !== undefined && training.run.task?.dataset === dataset;
    if (before !== text.data && !isTrained)
      collection.change((value) => translateNames(value, before, text.data));
  }, [language]);
}

function useOffline(lab: Lab): void {
  const isTouched = useRef(false);
  isTouched.current ||= lab.collection.canUndo;
  useEffect(() => {
    // Without it, the lab works as well, as long as there is a connection.
    registerServiceWorker(() => !isTouched.current).catch(() => undefined);
  }, []);
}
