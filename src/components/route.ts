import { useEffect, useState } from 'preact/hooks';

/** What a URL fragment says. */
export interface Route {
  /** `#runs/mlp-1` has `['runs', 'mlp-1']`, `#epochs=5` has `['']`. */
  readonly parts: readonly string[];
  /** `#training?epochs=5` and `#epochs=5` have `epochs=5`. */
  readonly query: string;
}

/** The current route. */
export function useFullRoute(): Route {
  const [fragment, setFragment] = useState(() => location.hash);
  useEffect(() => {
    const onChange = () => {
      setFragment(location.hash);
    };
    addEventListener('hashchange', onChange);
    return () => {
      removeEventListener('hashchange', onChange);
    };
  }, []);
  return parseRoute(fragment);
}

/** Its parts. */
export function useRoute(): readonly string[] {
  return useFullRoute().parts;
}

/** The link to a route. */
export function hrefOf(...parts: readonly string[]): string {
  return `#${parts.map(encodeURIComponent).join('/')}`;
}

/** @param fragment with its `#`, or empty */
export function parseRoute(fragment: string): Route {
  const content = fragment.slice(1);
  const mark = content.indexOf('?');
  if (mark === -1 && content.includes('=')) return { parts: [''], query: content };
  const path = mark === -1 ? content : content.slice(0, mark);
  return { parts: path.split('/').map(decode), query: mark === -1 ? '' : content.slice(mark + 1) };
}

/** What is not a valid encoding stays as it is: anybody can type a URL. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
