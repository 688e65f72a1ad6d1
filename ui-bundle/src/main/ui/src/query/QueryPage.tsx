import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { setSearch, useSearch } from '../parts/useLocation';
import { newPanel, type Panel } from './panel';
import { PanelView } from './PanelView';
import classes from './QueryPage.module.css';
import { readPanels, writePanels } from './urlState';

/** Queries, each with its table or graph. All of it is in the address. */
export default function QueryPage() {
  const search = useSearch();
  const written = useRef(search);
  const [panels, setPanels] = useState(() => panelsOf(search));

  useEffect(() => {
    // Back and forward, or a link.
    if (search !== written.current) {
      written.current = search;
      // Those that stay keep their editors.
      setPanels((before) =>
        panelsOf(search).map((panel, i) => ({ ...panel, id: before[i]?.id ?? panel.id })),
      );
    }
  }, [search]);

  const update = (next: Panel[]) => {
    setPanels(next);
    written.current = writePanels(next);
    setSearch(written.current);
  };
  const change = (id: number, values: Partial<Panel>) =>
    update(panels.map((panel) => (panel.id === id ? { ...panel, ...values } : panel)));
  const insertAfter = (index: number, panel: Panel) =>
    update([...panels.slice(0, index + 1), panel, ...panels.slice(index + 1)]);

  return (
    <div className={classes.panels}>
      <h1 className="visually-hidden">Query</h1>
      {panels.map((panel, index) => (
        <PanelView
          key={panel.id}
          panel={panel}
          label={panels.length === 1 ? 'Query' : `Query ${index + 1}`}
          onChange={(values) => change(panel.id, values)}
          onDuplicate={(expr) => insertAfter(index, newPanel({ ...panel, expr }))}
          onRemove={() => {
            const others = panels.filter((other) => other.id !== panel.id);
            update(others.length > 0 ? others : [newPanel()]);
          }}
        />
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() => insertAfter(panels.length, newPanel())}
        >
          Add query
        </Button>
      </div>
    </div>
  );
}

function panelsOf(search: string): Panel[] {
  const panels = readPanels(search);
  return panels.length > 0 ? panels : [newPanel()];
}
