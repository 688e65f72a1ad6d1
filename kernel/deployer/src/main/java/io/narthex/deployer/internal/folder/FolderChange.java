package io.narthex.deployer.internal.folder;

/** What happened to a jar since the last look. */
public sealed interface FolderChange {
  /** The file's name. */
  String name();

  /** It is new. */
  record Added(JarFile jar) implements FolderChange {
    @Override
    public String name() {
      return jar.name();
    }
  }

  /** It has another content. */
  record Replaced(JarFile jar) implements FolderChange {
    @Override
    public String name() {
      return jar.name();
    }
  }

  /** It is gone. */
  record Removed(String name) implements FolderChange {}

  /** It has been there for a while, and is no complete jar. */
  record Unreadable(JarFile jar, String reason) implements FolderChange {
    @Override
    public String name() {
      return jar.name();
    }
  }
}
