import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus,
  selectedCompletion,
  selectedCompletionIndex,
} from '@codemirror/autocomplete';
import {
  defaultKeymap,
  history,
  historyKeymap,
  insertNewlineAndIndent,
} from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { newCompleteStrategy, PromQLExtension } from '@prometheus-io/codemirror-promql';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { prefix } from '../api/address';
import { editorStyle, highlighting } from './editorStyle';
import classes from './Editor.module.css';

// One for all panels: it keeps the names it has fetched.
const completions = newCompleteStrategy({ remote: { url: prefix.slice(0, -1) } });

interface EditorProps {
  expr: string;
  label: string;
  autoFocus: boolean;
  onChange: (expr: string) => void;
  onRun: (expr: string) => void;
}

/**
 * The editor of a query. It lives in a shadow root: there its styles are constructed style sheets,
 * which a content security policy without inline styles lets pass.
 */
export function Editor({ expr, label, autoFocus, onChange, onRun }: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const calls = useRef({ onChange, onRun });
  useLayoutEffect(() => {
    calls.current = { onChange, onRun };
  });
  const first = useRef({ expr, autoFocus });

  useEffect(() => {
    const element = host.current;
    if (!element) {
      return undefined;
    }
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open', delegatesFocus: true });
    const editor = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        doc: first.current.expr,
        extensions: extensions(label, calls),
      }),
    });
    view.current = editor;
    if (first.current.autoFocus) {
      editor.focus();
    }
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    const text = editor?.state.doc.toString();
    if (editor && text !== expr) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: expr } });
    }
  }, [expr]);

  return <div ref={host} className={classes.editor} data-testid="editor" />;
}

type Calls = Pick<EditorProps, 'onChange' | 'onRun'>;

function extensions(label: string, calls: { current: Calls }): Extension {
  const run = (editor: EditorView) => {
    closeCompletion(editor);
    calls.current.onRun(editor.state.doc.toString());
    return true;
  };
  return [
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
    EditorView.lineWrapping,
    editorStyle,
    syntaxHighlighting(highlighting),
    history(),
    bracketMatching(),
    closeBrackets(),
    replacePlainly,
    placeholder('PromQL, for example up. Enter runs it, Shift+Enter begins a new line.'),
    new PromQLExtension().setComplete({ completeStrategy: completions }).asExtension(),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) {
        calls.current.onChange(update.state.doc.toString());
      }
    }),
    // In this order: an open list that would change nothing does not keep Enter from running.
    Prec.highest(
      keymap.of([{ key: 'Enter', run: (editor) => nothingToTake(editor) && run(editor) }]),
    ),
    autocompletion(),
    Prec.highest(
      keymap.of([
        { key: 'Enter', run },
        { key: 'Shift-Enter', run: insertNewlineAndIndent },
      ]),
    ),
    // Tab leaves the editor, for those who have no mouse.
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
    ]),
  ];
}

/**
 * Typing over a selection. Left to itself, Chromium gives the new text the look of the old one by
 * a style attribute, which the content security policy forbids.
 */
const replacePlainly = EditorView.domEventHandlers({
  beforeinput(event, editor) {
    const { main } = editor.state.selection;
    const text = event.data;
    if (event.inputType !== 'insertText' || !text || main.empty || editor.composing) {
      return false;
    }
    event.preventDefault();
    const insert = () =>
      editor.state.update(editor.state.replaceSelection(text), {
        userEvent: 'input.type',
        scrollIntoView: true,
      });
    const taken = editor.state
      .facet(EditorView.inputHandler)
      .some((handler) => handler(editor, main.from, main.to, text, insert));
    if (!taken) {
      editor.dispatch(insert());
    }
    return true;
  },
});

/**
 * Whether the list would not complete what was typed: its entry stands there already, or the
 * expression is whole and the list offers operators that nobody has chosen from.
 */
function nothingToTake(editor: EditorView): boolean {
  const chosen = selectedCompletion(editor.state);
  if (completionStatus(editor.state) !== 'active' || !chosen) {
    return false;
  }
  const { head } = editor.state.selection.main;
  const before = editor.state.sliceDoc(0, head);
  return (
    before.endsWith(chosen.label) ||
    (selectedCompletionIndex(editor.state) === 0 && /[)\]}\s]$/.test(before))
  );
}
