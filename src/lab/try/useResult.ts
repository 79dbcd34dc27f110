import { useEffect, useState } from 'preact/hooks';

/**
 * What is computed from inputs: when they change, the last result until there is another.
 *
 * @param compute undefined while there is nothing to compute, nor a result; if it fails, the last result remains
 * @param inputs all that `compute` depends on
 */
export function useResult<T>(
  compute: ((signal: AbortSignal) => Promise<T>) | undefined,
  inputs: readonly unknown[],
): T | undefined {
  const [result, setResult] = useState<T>();
  useEffect(() => {
    if (compute === undefined) {
      setResult(undefined);
      return;
    }
    const abandon = new AbortController();
    const { signal } = abandon;
    compute(signal).then(
      (found) => {
        if (!signal.aborted) setResult(() => found);
      },
      // The prediction is still shown.
      () => undefined,
    );
    return () => {
      abandon.abort();
    };
  }, inputs);
  return result;
}
