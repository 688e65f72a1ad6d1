import { Button } from '@mantine/core';
import { useState } from 'react';

/** Shows so many things at first, and as many more at each press of a button. */
export function useLimit(step: number) {
  const [limit, setLimit] = useState(step);
  return {
    limit,
    more: (total: number, what: string) =>
      total > limit && (
        <Button variant="default" onClick={() => setLimit(limit + step)}>
          Show {Math.min(step, total - limit)} more of {total} {what}
        </Button>
      ),
  };
}
