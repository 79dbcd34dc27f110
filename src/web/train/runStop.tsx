import { StopButton } from './stopButton.js';
import { useTrainings } from './useTrainings.js';

/** Ends the training of a run that was started from a page. */
export function RunStop({ run }: { run: string }) {
  const { value, reload } = useTrainings();
  const training = value?.trainings.find((each) => each.state === 'training' && each.run === run);
  return training === undefined ? null : <StopButton training={training} onStop={reload} />;
}
