import { useEffect, useRef, useState } from 'preact/hooks';

/** A button that asks before it does something. */
export function ConfirmedButton(props: {
  label: string;
  question: string;
  yes: string;
  no: string;
  isDisabled?: boolean;
  onConfirm: () => void;
}) {
  const { label, question, yes, no, isDisabled = false, onConfirm } = props;
  const [isAsking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    // The button that had the focus is gone.
    if (isAsking || wasAsking.current) button.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  if (!isAsking) {
    return (
      <button
        ref={button}
        type="button"
        disabled={isDisabled}
        onClick={() => {
          setAsking(true);
        }}
      >
        {label}
      </button>
    );
  }
  return (
    <div class="button-group" role="group" aria-label={question}>
      <p>{question}</p>
      <button
        type="button"
        class="primary"
        onClick={() => {
          setAsking(false);
          onConfirm();
        }}
      >
        {yes}
      </button>
      <button
        ref={button}
        type="button"
        onClick={() => {
          setAsking(false);
        }}
      >
        {no}
      </button>
    </div>
  );
}
