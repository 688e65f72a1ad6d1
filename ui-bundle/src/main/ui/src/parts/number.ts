/** Beyond these a number is written with an exponent. */
const LARGE = 1e21;
const SMALL = 1e-9;

/** A number of the API with all its digits: 0e+00 is 0, 1.5e-07 is 0.00000015. */
export function plainNumber(text: string): string {
  const number = Number(text);
  // NaN and +Inf stay as the server writes them, and so does what is no number.
  if (text.trim() === '' || !Number.isFinite(number)) {
    return text;
  }
  const size = Math.abs(number);
  if (size !== 0 && (size >= LARGE || size < SMALL)) {
    return String(number).replace('e+', 'e');
  }
  return withoutExponent(String(number));
}

/** For a glance: about six digits, though never fewer than stand before the point. */
export function roundedNumber(text: string): string {
  const number = Number(text);
  const size = Math.abs(number);
  if (!Number.isFinite(number) || Number.isInteger(number) || size >= LARGE || size < SMALL) {
    return plainNumber(text);
  }
  const digits = Math.max(0, 5 - Math.floor(Math.log10(size)));
  return withoutExponent(String(Number(number.toFixed(digits))));
}

/** The same digits; JavaScript writes those of a small number with an exponent. */
function withoutExponent(text: string): string {
  const found = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text);
  if (!found) {
    return text === '-0' ? '0' : text;
  }
  const [, sign = '', first = '', rest = '', exponent = ''] = found;
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${first}${rest}`;
}
