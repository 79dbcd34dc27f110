import type { Metadata } from 'next';
import type { ReactNode } from 'react';

export const metadata: Metadata = { title: 'Which digit?' };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" style={{ colorScheme: 'light dark', fontFamily: 'system-ui' }}>
      <body style={{ margin: '2rem auto', maxWidth: '40rem', padding: '0 1rem' }}>{children}</body>
    </html>
  );
}
