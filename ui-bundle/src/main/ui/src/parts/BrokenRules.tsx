import { Alert } from '@mantine/core';
import { Link } from './Link';

/** Says at the top of a page that rules cannot run, and leads to them. */
export function BrokenRules({ count, kind = '' }: { count: number; kind?: 'alerting' | '' }) {
  if (count === 0) {
    return null;
  }
  const what = `${kind} ${count === 1 ? 'rule is' : 'rules are'}`.trim();
  return (
    <Alert color="red" variant="light" role="alert" title={`${count} ${what} broken`}>
      {count === 1 ? 'Its last evaluation' : 'Their last evaluations'} failed, so{' '}
      {count === 1 ? 'it does' : 'they do'} not do{' '}
      {count === 1 ? 'its' : 'their'} work now.{' '}
      <Link to={`rules?health=err${kind && `&type=${kind}`}`}>Show the errors</Link>
    </Alert>
  );
}
