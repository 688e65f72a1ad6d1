import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours are the page's variables, which change with light and dark by themselves. */
export const editorStyle = EditorView.theme({
  '&': { backgroundColor: 'transparent', fontSize: '14px', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.5' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 10px' },
  '.cm-placeholder': { color: 'var(--dimmed)', fontFamily: 'var(--mantine-font-family)' },
  '.cm-line ::selection, .cm-line::selection': { backgroundColor: 'var(--selected)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--selected)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent', color: 'var(--bad)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    border: '1px solid var(--line)',
    borderRadius: '4px',
    boxShadow: '0 4px 12px rgb(0 0 0 / 20%)',
    overflow: 'hidden',
    zIndex: '300',
  },
  '.cm-tooltip-below': { marginTop: '4px' },
  '.cm-tooltip-above': { marginBottom: '4px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    maxHeight: '16em',
    minWidth: 'min(260px, 80vw)',
    maxWidth: 'min(700px, 92vw)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', lineHeight: '1.5' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--selected)',
    color: 'inherit',
  },
  '.cm-completionIcon': { display: 'none' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent)' },
  '.cm-completionDetail': { color: 'var(--dimmed)', fontStyle: 'normal', marginLeft: '1em' },
  '.cm-tooltip.cm-completionInfo': {
    padding: '6px 10px',
    maxWidth: '320px',
    fontFamily: 'var(--mantine-font-family)',
    fontSize: '13px',
  },
  // Its own marks are images in data: addresses.
  '.cm-lintRange.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy var(--bad) 1px' },
  '.cm-lintRange-warning, .cm-lintRange-info, .cm-lintRange-hint': {
    textDecoration: 'underline dotted var(--dimmed)',
  },
  // Where there is no room beside the list, it would cover the next entries.
  '.cm-completionInfo-left-narrow, .cm-completionInfo-right-narrow': { display: 'none' },
  '.cm-diagnostic': { padding: '4px 10px', fontFamily: 'var(--mantine-font-family)' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--bad)' },
});

export const highlighting = HighlightStyle.define([
  { tag: tags.number, color: 'var(--promql-number)' },
  { tag: tags.string, color: 'var(--promql-string)' },
  { tag: [tags.keyword, tags.modifier], color: 'var(--promql-keyword)' },
  { tag: tags.function(tags.variableName), color: 'var(--promql-keyword)' },
  { tag: tags.labelName, color: 'var(--promql-label)' },
  { tag: tags.invalid, color: 'var(--bad)' },
  { tag: tags.comment, color: 'var(--dimmed)', fontStyle: 'italic' },
]);
