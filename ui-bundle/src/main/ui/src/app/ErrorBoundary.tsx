import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Failure } from '../parts/Notice';

/** Shows a fault of a page in its place; the others go on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { fault: Error | null }> {
  override state: { fault: Error | null } = { fault: null };

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  override render() {
    const { fault } = this.state;
    return fault ? (
      <Failure of="This page has a fault" error={fault}>
        <Button mt="sm" size="compact-sm" variant="light" onClick={() => location.reload()}>
          Load it again
        </Button>
      </Failure>
    ) : (
      this.props.children
    );
  }
}
