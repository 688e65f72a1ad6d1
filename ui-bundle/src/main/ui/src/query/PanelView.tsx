import { ActionIcon, Button, Tabs } from '@mantine/core';
import { IconChartLine, IconCopy, IconTable, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Editor } from './Editor';
import { GraphTab } from './GraphTab';
import type { Panel, Tab } from './panel';
import classes from './QueryPage.module.css';
import { TableTab } from './TableTab';

interface PanelProps {
  panel: Panel;
  label: string;
  onChange: (values: Partial<Panel>) => void;
  onDuplicate: (expr: string) => void;
  onRemove: () => void;
}

/** A query and its result. What is typed counts when it is run. */
export function PanelView({ panel, label, onChange, onDuplicate, onRemove }: PanelProps) {
  const [draft, setDraft] = useState(panel.expr);
  const [run, setRun] = useState(0);
  useEffect(() => setDraft(panel.expr), [panel.expr]);

  const execute = (expr: string) => {
    setRun(run + 1);
    onChange({ expr });
  };
  return (
    <section className={classes.panel} aria-label={label}>
      <div className={classes.ask}>
        <Editor
          expr={draft}
          label={label}
          autoFocus={panel.expr === ''}
          onChange={setDraft}
          onRun={execute}
        />
        <div className={classes.buttons}>
          <Button onClick={() => execute(draft)}>Execute</Button>
          <ActionIcon
            size={36}
            variant="default"
            aria-label="Duplicate query"
            title="Duplicate query"
            onClick={() => onDuplicate(draft)}
          >
            <IconCopy size={18} />
          </ActionIcon>
          <ActionIcon
            size={36}
            variant="default"
            aria-label="Remove query"
            title="Remove query"
            onClick={onRemove}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </div>
      </div>
      <Tabs
        className={classes.tabs}
        value={panel.tab}
        onChange={(tab) => onChange({ tab: tab as Tab })}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="table" leftSection={<IconTable size={16} />}>
            Table
          </Tabs.Tab>
          <Tabs.Tab value="graph" leftSection={<IconChartLine size={16} />}>
            Graph
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="table" className={classes.body}>
          <TableTab panel={panel} run={run} onChange={onChange} />
        </Tabs.Panel>
        <Tabs.Panel value="graph" className={classes.body}>
          <GraphTab panel={panel} run={run} onChange={onChange} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
