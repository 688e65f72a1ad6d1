import { describe, expect, it } from 'vitest';
import { plainNumber, roundedNumber } from './number';

describe('numbers', () => {
  it.each([
    ['0e+00', '0'],
    ['-0', '0'],
    ['1e+00', '1'],
    ['1.5e+00', '1.5'],
    ['1.2345678901e+10', '12345678901'],
    ['1.5e-07', '0.00000015'],
    ['-1e-09', '-0.000000001'],
    ['1.5e-20', '1.5e-20'],
    ['1e+21', '1e21'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['NaN', 'NaN'],
    ['+Inf', '+Inf'],
    ['-Inf', '-Inf'],
    ['', ''],
    ['a text', 'a text'],
  ])('%s is written %s', (text, plain) => {
    expect(plainNumber(text)).toBe(plain);
  });

  it('lose nothing', () => {
    for (let value = 1.2345678901234567e-15; value < 1e25; value *= 7.3) {
      expect(Number(plainNumber(value.toExponential()))).toBe(value);
    }
  });

  it.each([
    ['0e+00', '0'],
    ['3.3333333333333335e-01', '0.333333'],
    ['1.23456789e+02', '123.457'],
    ['1.23456789012e+07', '12345679'],
    ['1.2345678e+07', '12345678'],
    ['1.23456789e-07', '0.000000123457'],
    ['3.0000000000000004e-01', '0.3'],
    ['NaN', 'NaN'],
  ])('%s is %s at a glance', (text, rounded) => {
    expect(roundedNumber(text)).toBe(rounded);
  });
});
