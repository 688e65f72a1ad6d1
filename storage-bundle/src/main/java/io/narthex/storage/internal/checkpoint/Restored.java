package io.narthex.storage.internal.checkpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a start took of a checkpoint.
 *
 * @param origin where it stands; null if there was none, and then the log is needed from its start
 * @param samples how many samples it had beside sealed rows
 * @param bytes how long its file is
 * @param problems what could not be read, for people; may be added to
 */
public record Restored(@Nullable Origin origin, long samples, long bytes, List<String> problems) {}
