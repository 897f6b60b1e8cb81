import {
  type AlertFactory,
  type CSSVariablesResolver,
  createTheme,
  defaultCssVariablesResolver,
  type ExtendComponent,
  type MantineColorsTuple,
  type MenuFactory,
  type ModalFactory,
  type NotificationFactory,
} from "@mantine/core";

/** Milkrun's blue. Shades 7 and 8 carry white text at 4.5:1 or better. */
const route: MantineColorsTuple = ["#e9f4f9", "#d3e6ef", "#a8cfe0", "#79b5cf", "#52a0c1", "#3791b7", "#1f83ad", "#0f6a8f", "#0b5a7b", "#064866"];

/** Mantine's red with darker shades 7 and 8, which carry white text. */
const red: MantineColorsTuple = ["#fff5f5", "#ffe3e3", "#ffc9c9", "#ffa8a8", "#ff8787", "#ff6b6b", "#fa5252", "#d92b2b", "#d32a2a", "#c92a2a"];

const FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif, "Apple Color Emoji", "Segoe UI Emoji"';

// Of these components only the types: a theme that named the components themselves would bring the dialogs' code to every page.
const alert: ExtendComponent<AlertFactory> = { styles: { title: { color: "var(--mantine-color-text)" }, message: { color: "var(--mantine-color-text)" } } };
const notification: ExtendComponent<NotificationFactory> = {
  defaultProps: { closeButtonProps: { "aria-label": "Close message" } },
  styles: { description: { color: "var(--mantine-color-text)" } },
};
const modal: ExtendComponent<ModalFactory> = {
  // Mantine's <header> would be a second banner of the page.
  defaultProps: { closeButtonProps: { "aria-label": "Close dialog" }, attributes: { header: { role: "presentation" } } },
};
// Dozens of presets would otherwise make a menu longer than the window; scrolling the page to its end moves its button out of view, which closes it.
const menu: ExtendComponent<MenuFactory> = { styles: { dropdown: { maxHeight: "min(24rem, 60dvh)", overflowY: "auto" } } };

/** Contrast is the reason for every value here that differs from Mantine's: with them no text falls under 4.5:1. */
export const theme = createTheme({
  colors: { route, red },
  primaryColor: "route",
  primaryShade: { light: 7, dark: 8 },
  autoContrast: true,
  fontFamily: FONTS,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontFamily: FONTS, fontWeight: "650" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: { Alert: alert, Menu: menu, Notification: notification, Modal: modal },
});

/** The text colours that Mantine's defaults leave under 4.5:1. */
export const cssVariables: CSSVariablesResolver = (resolved) => {
  const defaults = defaultCssVariablesResolver(resolved);
  return {
    variables: defaults.variables,
    light: {
      ...defaults.light,
      "--mantine-color-dimmed": "var(--mantine-color-gray-7)",
      "--mantine-color-placeholder": "var(--mantine-color-gray-7)",
      "--mantine-color-error": "var(--mantine-color-red-9)",
    },
    dark: {
      ...defaults.dark,
      "--mantine-color-dimmed": "var(--mantine-color-dark-0)",
      "--mantine-color-placeholder": "var(--mantine-color-dark-1)",
      // red.9 is a light scheme's red: on the dark background it has 2.9:1.
      "--mantine-color-error": "var(--mantine-color-red-5)",
    },
  };
};
