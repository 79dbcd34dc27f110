import { useEffect, useState } from 'preact/hooks';

/** The parts of the URL fragment: `#runs/mlp-1` is `['runs', 'mlp-1']`. */
export function useRoute(): readonly string[] {
  const [parts, setParts] = useState(read);
  useEffect(() => {
    const onChange = () => {
      setParts(read());
    };
    addEventListener('hashchange', onChange);
    return () => {
      removeEventListener('hashchange', onChange);
    };
  }, []);
  return parts;
}

/** The link to a route. */
export function hrefOf(...parts: readonly string[]): string {
  return `#${parts.map(encodeURIComponent).join('/')}`;
}

function read(): readonly string[] {
  return location.hash.slice(1).split('/').map(decodeURIComponent);
}
