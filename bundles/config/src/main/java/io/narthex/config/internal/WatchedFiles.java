package io.narthex.config.internal;

import io.narthex.api.flags.ServerFlags;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What the files of the configuration were like when they were last read, if {@code
 * --config.auto-reload} is on; else nothing is ever looked at. May be used from any thread.
 */
@Component(service = WatchedFiles.class)
public final class WatchedFiles {
  private final Optional<String> file;

  /** Guarded by this. */
  private String last = "";

  /** The files that the flags name. */
  @Activate
  public WatchedFiles(@Reference ServerFlags flags) {
    this.file = ConfigurationSource.file(flags).filter(name -> flags.isOn("config.auto-reload"));
  }

  /** Whether there are any. */
  boolean any() {
    return file.isPresent();
  }

  /** They are about to be read: only what changes from now on is a change. */
  void note() {
    file.map(FilesChecksum::of).ifPresent(this::note);
  }

  /** A change was seen to. */
  synchronized void note(String checksum) {
    last = checksum;
  }

  /** Their checksum, if they have changed. */
  Optional<String> changed() {
    return file.map(FilesChecksum::of).filter(checksum -> !isLast(checksum));
  }

  private synchronized boolean isLast(String checksum) {
    return checksum.equals(last);
  }
}
