import { Badge, createTheme } from '@mantine/core';

// Only what becomes attributes: other colours or fonts here would make Mantine write a style
// element, which the content security policy forbids. Those are variables in theme.css.
export const theme = createTheme({
  components: {
    Badge: Badge.extend({ defaultProps: { radius: 'sm', tt: 'none' } }),
  },
});
