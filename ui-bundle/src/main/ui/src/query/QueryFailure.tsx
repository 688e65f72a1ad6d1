import { asApiError } from '../api/http';
import { Failure } from '../parts/Notice';
import classes from './QueryPage.module.css';

/** What the server has against a query, with a mark under the place it names. */
export function QueryFailure({ error, expr }: { error: unknown; expr: string }) {
  const place = placeOf(asApiError(error).message, expr);
  return <Failure error={error}>{place && <pre className={classes.place}>{place}</pre>}</Failure>;
}

/** The line that a parse error is about, and the mark; lines and columns begin at 1. */
export function placeOf(message: string, expr: string): string | undefined {
  const [, line, column] = /(\d+):(\d+): parse error/.exec(message) ?? [];
  const text = expr.split('\n')[Number(line) - 1];
  if (text === undefined) {
    return undefined;
  }
  const before = [...text].slice(0, Number(column) - 1).join('');
  return `${text}\n${before.replace(/[^\t]/g, ' ')}^`;
}
