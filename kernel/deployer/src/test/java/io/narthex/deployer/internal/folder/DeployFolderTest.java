package io.narthex.deployer.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployFolderTest {
  @TempDir private Path path;

  @Test
  void seesAJarComeChangeAndGo() throws IOException {
    DeployFolder folder = new DeployFolder(path);
    assertThat(folder.look()).isEmpty();
    jar("a.jar", "1");
    assertThat(folder.look()).singleElement().isInstanceOf(FolderChange.Added.class);
    assertThat(folder.look()).isEmpty();
    Files.setLastModifiedTime(jar("a.jar", "22"), FileTime.fromMillis(1_000));
    assertThat(folder.look()).singleElement().isInstanceOf(FolderChange.Replaced.class);
    Files.delete(path.resolve("a.jar"));
    assertThat(folder.look()).containsExactly(new FolderChange.Removed("a.jar"));
    assertThat(folder.look()).isEmpty();
  }

  @Test
  void waitsForACopyInProgress() throws IOException {
    DeployFolder folder = new DeployFolder(path);
    byte[] whole = Files.readAllBytes(jar("a.jar", "1"));
    Path copy = path.resolve("b.jar");
    Files.delete(path.resolve("a.jar"));
    for (int length : new int[] {0, 30, whole.length / 2, whole.length - 1}) {
      Files.write(copy, Arrays.copyOf(whole, length));
      assertThat(folder.look()).isEmpty();
    }
    Files.write(copy, whole);
    assertThat(folder.look()).singleElement().isInstanceOf(FolderChange.Added.class);
  }

  @Test
  void reportsWhatStaysUnreadableOnce() throws IOException {
    DeployFolder folder = new DeployFolder(path);
    Files.writeString(path.resolve("bad.jar"), "not a zip");
    for (int i = 1; i < DeployFolder.PATIENCE; i++) {
      assertThat(folder.look()).isEmpty();
    }
    assertThat(folder.look()).singleElement().isInstanceOf(FolderChange.Unreadable.class);
    assertThat(folder.look()).isEmpty();
    Files.delete(path.resolve("bad.jar"));
    assertThat(folder.look()).containsExactly(new FolderChange.Removed("bad.jar"));
  }

  @Test
  void leavesOtherFilesAlone() throws IOException {
    Files.writeString(path.resolve("README.md"), "x");
    Files.createDirectory(path.resolve("folder.jar"));
    assertThat(new DeployFolder(path).look()).isEmpty();
  }

  @Test
  void aLinkToNowhereHidesNothingElse() throws IOException {
    Files.createSymbolicLink(path.resolve(".#a.jar"), path.resolve("nowhere"));
    Files.createSymbolicLink(path.resolve("dangling.jar"), path.resolve("nowhere"));
    jar("a.jar", "1");
    assertThat(new DeployFolder(path).look())
        .singleElement()
        .satisfies(change -> assertThat(change.name()).isEqualTo("a.jar"));
  }

  @Test
  void aRenamedJarGoesBeforeItComes() throws IOException {
    DeployFolder folder = new DeployFolder(path);
    jar("b.jar", "1");
    folder.look();
    Files.move(path.resolve("b.jar"), path.resolve("a.jar"));
    assertThat(folder.look())
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo(new FolderChange.Removed("b.jar")),
            second -> assertThat(second).isInstanceOf(FolderChange.Added.class));
  }

  @Test
  void aFolderThatIsNotThereIsEmpty() throws IOException {
    jar("a.jar", "1");
    DeployFolder folder = new DeployFolder(path);
    folder.look();
    List<FolderChange> gone = new DeployFolder(path.resolve("none")).look();
    assertThat(gone).isEmpty();
  }

  private Path jar(String name, String content) throws IOException {
    Path jar = path.resolve(name);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(new Attributes.Name("X-Content"), content);
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    return jar;
  }
}
