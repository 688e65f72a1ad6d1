package io.narthex.api.model;

/** Which names metrics and labels may have ({@code metric_name_validation_scheme}). */
public enum NameValidation {
  /** Any text of valid UTF-8 that is not empty. */
  UTF8,
  /** Letters, digits and underscores, in metric names colons too; not beginning with a digit. */
  LEGACY;

  /** Whether a label may have this name. */
  public boolean isLabelName(String name) {
    return switch (this) {
      case UTF8 -> !name.isEmpty() && isWellFormed(name);
      case LEGACY -> isLegacy(name, false);
    };
  }

  /** Whether a metric may have this name. */
  public boolean isMetricName(String name) {
    return switch (this) {
      case UTF8 -> !name.isEmpty() && isWellFormed(name);
      case LEGACY -> isLegacy(name, true);
    };
  }

  private static boolean isLegacy(String name, boolean colons) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      boolean digit = i > 0 && c >= '0' && c <= '9';
      if (!letter && !digit && !(colons && c == ':')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** A lone surrogate cannot be written as UTF-8. */
  private static boolean isWellFormed(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isSurrogate(name.charAt(i))) {
        if (!Character.isHighSurrogate(name.charAt(i))
            || i + 1 == name.length()
            || !Character.isLowSurrogate(name.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
