// Hues far apart first, so that graphs with few series are easy to read.
const LIGHT = [
  '#1864ab',
  '#c2410c',
  '#2b8a3e',
  '#9c36b5',
  '#b08800',
  '#0b7285',
  '#c2255c',
  '#5f3dc4',
  '#5c940d',
  '#862e2e',
  '#364fc7',
  '#087f5b',
  '#d9480f',
  '#6b4f2a',
  '#495057',
  '#a61e4d',
];
const DARK = [
  '#74c0fc',
  '#ffa94d',
  '#8ce99a',
  '#e599f7',
  '#ffe066',
  '#66d9e8',
  '#faa2c1',
  '#b197fc',
  '#c0eb75',
  '#ffa8a8',
  '#91a7ff',
  '#63e6be',
  '#ffc078',
  '#d8b48a',
  '#ced4da',
  '#f783ac',
];

/** The colour of the n-th series. */
export function seriesColor(index: number, dark: boolean): string {
  const colors = dark ? DARK : LIGHT;
  return colors[index % colors.length] ?? '#888888';
}
