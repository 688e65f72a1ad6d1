package io.narthex.config.internal.schema;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Secret;
import io.narthex.api.section.SizeSyntax;
import io.narthex.api.time.DurationSyntax;
import io.narthex.api.yaml.YamlValue;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A value of a key: what was given or the default. */
public sealed interface Setting {
  /** Whether it is what a key has that was not given and has no default. */
  boolean isZero();

  /** As it is shown to people. */
  YamlValue shown();

  /** A text. */
  record Text(String text) implements Setting {
    @Override
    public boolean isZero() {
      return text.isEmpty();
    }

    @Override
    public YamlValue shown() {
      return new YamlValue.Text(text);
    }
  }

  /** A URL; its password is not shown. */
  record Url(String text) implements Setting {
    @Override
    public boolean isZero() {
      return false;
    }

    @Override
    public YamlValue shown() {
      return new YamlValue.Text(UrlText.withoutPassword(text));
    }
  }

  /** A value that is shown as it is. */
  record Node(ConfigNode node) implements Setting {
    @Override
    public boolean isZero() {
      return false;
    }

    @Override
    public YamlValue shown() {
      return YamlValue.of(node, KeyOrder.INSTANCE);
    }
  }

  /** A text that counts even if it is empty: a regex, for example. */
  record Given(String text) implements Setting {
    @Override
    public boolean isZero() {
      return false;
    }

    @Override
    public YamlValue shown() {
      return new YamlValue.Text(text);
    }
  }

  /**
   * True or false.
   *
   * @param explicit whether false is not the same as not given
   */
  record Flag(boolean on, boolean explicit) implements Setting {
    @Override
    public boolean isZero() {
      return !on && !explicit;
    }

    @Override
    public YamlValue shown() {
      return new YamlValue.Raw(Boolean.toString(on));
    }
  }

  /** A whole number. */
  record Whole(long number) implements Setting {
    @Override
    public boolean isZero() {
      return number == 0;
    }

    @Override
    public YamlValue shown() {
      return new YamlValue.Raw(Long.toString(number));
    }
  }

  /**
   * A whole number that is not negative.
   *
   * @param bits all 64 of them count
   */
  record Count(long bits) implements Setting {
    @Override
    public boolean isZero() {
      return bits == 0;
    }

    @Override
    public YamlValue shown() {
      return new YamlValue.Raw(Long.toUnsignedString(bits));
    }
  }

  /** A number. */
  record Decimal(double number) implements Setting {
    @Override
    public boolean isZero() {
      return number == 0;
    }

    @Override
    public YamlValue shown() {
      return new YamlValue.Raw(DecimalText.of(number));
    }
  }

  /** A duration. */
  record Time(Duration duration) implements Setting {
    @Override
    public boolean isZero() {
      return duration.isZero();
    }

    @Override
    public YamlValue shown() {
      return new YamlValue.Text(DurationSyntax.format(duration));
    }
  }

  /** A number of bytes; a negative one is more than can be said. */
  record Size(long bytes) implements Setting {
    @Override
    public boolean isZero() {
      return bytes == 0;
    }

    @Override
    public YamlValue shown() {
      return new YamlValue.Text(SizeSyntax.format(bytes));
    }
  }

  /** A text that is not shown. */
  record Hidden(Secret secret) implements Setting {
    @Override
    public boolean isZero() {
      return secret.reveal().isEmpty();
    }

    @Override
    public YamlValue shown() {
      return isZero() ? new YamlValue.Raw("null") : new YamlValue.Text(secret.toString());
    }
  }

  /** No value. */
  record Unset() implements Setting {
    @Override
    public boolean isZero() {
      return true;
    }

    @Override
    public YamlValue shown() {
      return new YamlValue.Raw("null");
    }
  }

  /**
   * A list.
   *
   * @param flow whether it is shown in one line
   */
  record Items(List<Setting> items, boolean flow) implements Setting {
    /** Copies the list. */
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public boolean isZero() {
      return items.isEmpty();
    }

    @Override
    public YamlValue shown() {
      return new YamlValue.Listing(items.stream().map(Setting::shown).toList(), flow);
    }
  }

  /** Values by name. */
  record Names(SortedMap<String, Setting> values) implements Setting {
    @Override
    public boolean isZero() {
      return values.isEmpty();
    }

    @Override
    public YamlValue shown() {
      SortedMap<String, YamlValue> shown = new TreeMap<>(KeyOrder.INSTANCE);
      values.forEach((name, value) -> shown.put(name, value.shown()));
      return new YamlValue.Mapping(shown);
    }
  }

  /**
   * A mapping.
   *
   * @param explicit whether one full of zeros is not the same as not given
   */
  record Group(Settings settings, boolean explicit) implements Setting {
    @Override
    public boolean isZero() {
      return !explicit && settings.isZero();
    }

    @Override
    public YamlValue shown() {
      return settings.shown();
    }
  }
}
