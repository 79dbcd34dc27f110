// Classifies the same image twice: in the browser, and on the server.
'use client';
import { loadClassifier } from 'inkling';
import { useState } from 'react';

async function classify(file: File): Promise<string> {
  const classifier = await loadClassifier('/model');
  const here = await classifier.classify(file);
  const response = await fetch('/api/classify', { method: 'POST', body: file });
  const there = (await response.json()) as { label: string };
  await classifier.close();
  return `here: ${here.label}, on the server: ${there.label}`;
}

export default function Page() {
  const [result, setResult] = useState('');
  return (
    <main>
      <h1>Which digit?</h1>
      <label>
        An image of a handwritten digit:{' '}
        <input
          type="file"
          accept="image/*"
          onChange={({ target }) =>
            target.files?.[0] &&
            classify(target.files[0]).then(setResult, (error: Error) => setResult(error.message))
          }
        />
      </label>
      <p role="status">{result}</p>
    </main>
  );
}
