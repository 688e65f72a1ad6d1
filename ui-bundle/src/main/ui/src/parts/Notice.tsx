import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { asApiError } from '../api/http';
import classes from './Notice.module.css';

/** Says that something could not be had, in the server's words. */
export function Failure({
  of,
  error,
  children,
}: {
  of?: string;
  error: unknown;
  children?: ReactNode;
}) {
  const { kind, message } = asApiError(error);
  return (
    <Alert color="red" variant="light" role="alert" title={of ? `${of}: ${kind}` : kind}>
      <p className={classes.text}>{message}</p>
      {children}
    </Alert>
  );
}

/** Warnings or infos of the server. */
export function Remarks({ kind, texts }: { kind: 'warning' | 'info'; texts: readonly string[] }) {
  if (texts.length === 0) {
    return null;
  }
  return (
    <Alert
      color={kind === 'warning' ? 'yellow' : 'blue'}
      variant="light"
      role="note"
      title={kind === 'warning' ? 'Warning' : 'Info'}
    >
      {texts.map((text) => (
        <p key={text} className={classes.text}>
          {text}
        </p>
      ))}
    </Alert>
  );
}
