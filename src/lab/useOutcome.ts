import { useState } from 'preact/hooks';
import { messageOf } from '../components/format.js';

/** What the last attempt has achieved, or why it failed. */
export interface Outcome {
  readonly isError: boolean;
  readonly message: string;
}

/** The outcome of the last attempt, none if there is nothing to say about it. */
export function useOutcome() {
  const [outcome, setOutcome] = useState<Outcome>();
  /** @param act returns what is said about it */
  const attempt = async (act: () => Promise<string | undefined>) => {
    setOutcome(undefined);
    try {
      const message = await act();
      setOutcome(message === undefined ? undefined : { isError: false, message });
    } catch (error) {
      setOutcome({ isError: true, message: messageOf(error) });
    }
  };
  const forget = () => {
    setOutcome(undefined);
  };
  return { outcome, attempt, forget };
}
