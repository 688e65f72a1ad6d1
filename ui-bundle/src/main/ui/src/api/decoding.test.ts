import { describe, expect, it } from 'vitest';
import { prefixOf } from './address';
import { alertGroups } from './alertRules';
import { receivedAlerts, silences } from './alertmanager';
import { bundleList } from './bundles';
import { alertmanagerError, ApiError, asApiError, openEnvelope } from './http';
import { queryResult, rangeResult } from './results';
import { activeTargets, scrapePools } from './scraping';

describe('the prefix', () => {
  it.each([
    ['/', '/'],
    ['/query', '/'],
    ['/prometheus/query', '/prometheus/'],
    ['/a/b/alerts', '/a/b/'],
  ])('of %s', (path, prefix) => {
    expect(prefixOf(path)).toBe(prefix);
  });
});

describe('the envelope', () => {
  it('is opened', () => {
    expect(openEnvelope(200, '{"status":"success","data":[1],"warnings":["w"]}')).toEqual({
      data: [1],
      warnings: ['w'],
      infos: [],
    });
  });

  it.each([
    [400, '{"status":"error","errorType":"bad_data","error":"no"}', 'bad_data', 'no'],
    [
      503,
      'Service Unavailable\nnothing answers here\n',
      'HTTP 503',
      'Service Unavailable\nnothing answers here',
    ],
    [502, '', 'HTTP 502', 'The answer is empty.'],
    [200, '[]', 'HTTP 200', '[]'],
    [200, '{"status":"other"}', 'HTTP 200', '{"status":"other"}'],
  ])('of status %d with %s is an error', (status, text, kind, message) => {
    expect(() => openEnvelope(status, text)).toThrowError(
      expect.objectContaining({ kind, message, status }),
    );
  });

  it('of the Alertmanager does not exist', () => {
    expect(alertmanagerError(400, '"bad matcher"')).toMatchObject({ message: 'bad matcher' });
    expect(alertmanagerError(422, '{"code":602,"message":"comment is required"}')).toMatchObject({
      kind: 'HTTP 422',
      message: 'comment is required',
    });
    expect(alertmanagerError(503, 'Service Unavailable\n')).toMatchObject({
      message: 'Service Unavailable',
    });
  });

  it('is not there without an answer', () => {
    expect(asApiError(new TypeError('Failed to fetch'))).toEqual(
      new ApiError('No answer', 'The server did not answer: Failed to fetch', 0),
    );
  });
});

describe('query results', () => {
  it('of all types are read', () => {
    const series = [{ metric: { __name__: 'up' }, value: [1.5, 'NaN'] }];
    expect(queryResult({ resultType: 'vector', result: series }).result).toEqual(series);
    expect(queryResult({ resultType: 'scalar', result: [1.5, '2'] }).result).toEqual([1.5, '2']);
    expect(queryResult({ resultType: 'string', result: [1.5, 'a'] }).result).toEqual([1.5, 'a']);
    const matrix = [{ metric: {}, values: [[1, '2']] }];
    expect(rangeResult({ resultType: 'matrix', result: matrix })).toEqual(matrix);
  });

  it.each([
    [undefined, 'The answer has no data.'],
    [{ resultType: 'vector', result: {} }, 'The answer has no result.'],
    [{ resultType: 'vector', result: [{}] }, 'The answer has no metric in a series.'],
    [{ resultType: 'x' }, 'The answer has no resultType that is known: x.'],
  ])('of another shape are an error: %j', (data, message) => {
    expect(() => queryResult(data)).toThrow(message);
  });

  it('of a range are a matrix', () => {
    expect(() => rangeResult({ resultType: 'scalar', result: [1, '2'] })).toThrow('no matrix');
  });
});

describe('lists', () => {
  it('of alerting rules leave the others out', () => {
    const [group] = alertGroups({
      groups: [
        {
          name: 'g',
          file: 'f.yml',
          rules: [
            { type: 'recording', name: 'r' },
            {
              type: 'alerting',
              name: 'Down',
              query: 'up == 0',
              duration: 60,
              state: 'firing',
              alerts: [
                { labels: { alertname: 'Down' }, state: 'firing', activeAt: 't', value: '0e+00' },
              ],
            },
            { type: 'alerting', name: 'New', state: 'strange' },
          ],
        },
      ],
    });
    expect(group?.rules.map(({ name, state }) => [name, state])).toEqual([
      ['Down', 'firing'],
      ['New', 'unknown'],
    ]);
    expect(group?.rules[0]?.alerts[0]).toEqual({
      labels: { alertname: 'Down' },
      annotations: {},
      state: 'firing',
      activeAt: 't',
      value: '0e+00',
    });
    expect(() => alertGroups({})).toThrow('The answer has no groups.');
  });

  it('of the Alertmanager', () => {
    const [alert] = receivedAlerts([
      {
        fingerprint: 'f',
        labels: { alertname: 'A' },
        status: { state: 'suppressed', silencedBy: ['s'], inhibitedBy: [], mutedBy: null },
        receivers: [{ name: 'team' }],
      },
    ]);
    expect(alert).toMatchObject({ silencedBy: ['s'], mutedBy: [], receivers: ['team'] });
    expect(() => receivedAlerts('x')).toThrow('no list of alerts');
    const [silence] = silences([
      {
        id: 'i',
        status: { state: 'pending' },
        matchers: [{ name: 'a', value: 'b', isRegex: true }],
        startsAt: 's',
        endsAt: 'e',
        createdBy: 'me',
        comment: 'c',
      },
    ]);
    expect(silence?.state).toBe('pending');
    expect(silence?.matchers).toEqual([{ name: 'a', value: 'b', isRegex: true, isEqual: true }]);
  });

  it('of targets and pools', () => {
    const [target] = activeTargets({
      activeTargets: [
        { scrapePool: 'node', labels: { job: 'node' }, health: 'odd', lastScrapeDuration: 0.5 },
      ],
    });
    expect(target).toMatchObject({ pool: 'node', health: 'unknown', lastScrapeDuration: 0.5 });
    expect(scrapePools({ scrapePools: ['a'] })).toEqual(['a']);
    expect(() => activeTargets(null)).toThrow('no activeTargets');
  });

  it('of bundles', () => {
    const [bundle, broken] = bundleList([
      {
        name: 'io.narthex.discovery.file',
        version: '1',
        state: 'active',
        updateClass: 'leaf',
        contributes: [{ kind: 'discovery', name: 'file', keys: ['file_sd_configs'] }],
      },
      { name: '', file: 'x.jar', state: 'not installed', problem: 'no manifest' },
    ]);
    expect(bundle?.contributions).toEqual([
      { kind: 'discovery', name: 'file', more: ['keys: file_sd_configs'] },
    ]);
    expect(broken).toMatchObject({ file: 'x.jar', problem: 'no manifest', contributions: [] });
  });
});
