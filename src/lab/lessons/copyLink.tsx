import { useState } from 'preact/hooks';
import { text } from '../text/text.js';

/** Copies a link to the clipboard, or shows it where the page may not do that. */
export function CopyLink({ href, label }: { href: string; label: string }) {
  const [result, setResult] = useState<{ readonly href: string; readonly isCopied: boolean }>();
  const shown = result?.href === href ? result : undefined;
  const url = new URL(href, location.href).href;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setResult({ href, isCopied: true });
    } catch {
      setResult({ href, isCopied: false });
    }
  };
  return (
    <div class="button-group copy-link">
      <button
        type="button"
        onClick={() => {
          void copy();
        }}
      >
        {label}
      </button>
      <span class="muted" role="status">
        {shown?.isCopied && text.lessons.linkCopied}
      </span>
      {shown?.isCopied === false && (
        <input
          readOnly
          value={url}
          dir="ltr"
          aria-label={text.lessons.linkToCopy}
          onFocus={({ currentTarget }) => {
            currentTarget.select();
          }}
        />
      )}
    </div>
  );
}
