package io.narthex.api.config;

import io.narthex.api.section.ConfigNode;
import java.nio.file.Path;

/**
 * One entry of a {@code <mechanism>_sd_configs}.
 *
 * @param mechanism for example {@code file}
 * @param section the entry; equal wherever it stands in the file
 * @param directory what relative paths in it are relative to
 */
public record DiscoveryConfig(String mechanism, ConfigNode section, Path directory) {}
