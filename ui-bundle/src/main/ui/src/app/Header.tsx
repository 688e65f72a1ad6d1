import {
  ActionIcon,
  NativeSelect,
  useMantineColorScheme,
  type MantineColorScheme,
} from '@mantine/core';
import {
  IconBell,
  IconDeviceDesktop,
  IconListDetails,
  IconMoon,
  IconPlug,
  IconRadar2,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { Link } from '../parts/Link';
import { useZone } from '../time/ZoneContext';
import type { Zone } from '../time/moment';
import classes from './App.module.css';
import icon from './icon.svg';
import { ReadinessMark } from './Readiness';

const PAGES = [
  { page: 'query', title: 'Query', Icon: IconSearch },
  { page: 'alerts', title: 'Alerts', Icon: IconBell },
  { page: 'rules', title: 'Rules', Icon: IconListDetails },
  { page: 'targets', title: 'Targets', Icon: IconRadar2 },
  { page: 'plugins', title: 'Plug-ins', Icon: IconPlug },
] as const;

/** Where the pages are, how the server is, and how things are shown. */
export function Header({ page }: { page: string }) {
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <Link className={classes.brand} to="query">
          <img src={icon} alt="" width="26" height="26" />
          Narthex
        </Link>
        <nav className={classes.nav} aria-label="Pages">
          {PAGES.map(({ page: own, title, Icon }) => (
            <Link key={own} to={own} aria-current={own === page ? 'page' : undefined}>
              <Icon size={17} stroke={1.75} aria-hidden />
              {title}
            </Link>
          ))}
        </nav>
        <div className={classes.tools}>
          <ReadinessMark />
          <ZoneSelect />
          <SchemeButton />
        </div>
      </div>
    </header>
  );
}

function ZoneSelect() {
  const { zone, setZone } = useZone();
  return (
    <NativeSelect
      size="xs"
      aria-label="Time zone"
      value={zone}
      onChange={(event) => setZone(event.currentTarget.value as Zone)}
      data={[
        { value: 'utc', label: 'UTC' },
        { value: 'local', label: 'Local' },
      ]}
    />
  );
}

const SCHEMES = [
  { scheme: 'light', Icon: IconSun },
  { scheme: 'dark', Icon: IconMoon },
  { scheme: 'auto', Icon: IconDeviceDesktop },
] as const;

/** Goes through light, dark, and what the system has. */
function SchemeButton() {
  // It would stop transitions by a style element.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const index = SCHEMES.findIndex(({ scheme }) => scheme === colorScheme);
  const { Icon } = SCHEMES[index] ?? SCHEMES[2];
  const next: MantineColorScheme = SCHEMES[(index + 1) % SCHEMES.length]?.scheme ?? 'auto';
  const words = { light: 'light', dark: 'dark', auto: 'as the system' };
  return (
    <ActionIcon
      variant="default"
      size={30}
      aria-label={`Theme: ${words[colorScheme]}. Change to ${words[next]}`}
      title={`Theme: ${words[colorScheme]}`}
      onClick={() => setColorScheme(next)}
    >
      <Icon size={17} />
    </ActionIcon>
  );
}
