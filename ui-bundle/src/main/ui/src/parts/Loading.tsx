import { Loader } from '@mantine/core';

/** While there is nothing to show yet. */
export function Loading() {
  return (
    <div role="status" aria-label="Loading" style={{ padding: 16, textAlign: 'center' }}>
      <Loader size="sm" />
    </div>
  );
}
