import { CloseButton, Title } from '@mantine/core';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import classes from './Dialog.module.css';

/**
 * The browser's own dialog: it holds the focus, which begins at the element that has
 * data-autofocus, and Escape closes it.
 */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('[data-autofocus=true]')?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={classes.dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={classes.header}>
        <Title order={2} size="h4" id={titleId}>
          {title}
        </Title>
        <CloseButton aria-label="Close" onClick={onClose} />
      </header>
      {children}
    </dialog>
  );
}
