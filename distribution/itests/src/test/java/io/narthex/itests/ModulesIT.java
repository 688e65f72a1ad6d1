package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of modules says what the build does. */
class ModulesIT {
  private static final Pattern ROW =
      Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
  private static final String NONE = "–";

  /** A row of the table. */
  private record Module(
      String folder,
      String artifactId,
      String symbolicName,
      String rootPackages,
      String updateClass) {}

  @Test
  void itListsTheModulesOfTheReactorInAnyOrder() throws IOException {
    Matcher module = Pattern.compile("<module>([^<]+)</module>").matcher(read("pom.xml"));
    List<String> reactor = module.results().map(result -> result.group(1)).toList();
    assertThat(table().keySet()).containsExactlyInAnyOrderElementsOf(reactor);
  }

  @Test
  void artifactIdsAreThoseOfThePoms() throws IOException {
    for (Module module : table().values()) {
      String pom = read(module.folder() + "/pom.xml").replaceFirst("(?s)<parent>.*?</parent>", "");
      assertThat(pom).contains("<artifactId>%s</artifactId>".formatted(module.artifactId()));
    }
  }

  @Test
  void symbolicNamesAndUpdateClassesAreThoseOfTheManifests() throws IOException {
    for (Module module : table().values()) {
      if (module.symbolicName().equals(NONE)) {
        assertThat(module.updateClass()).as(module.folder()).isEqualTo(NONE);
        continue;
      }
      Attributes manifest = manifest(module);
      assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo(module.symbolicName());
      String updateClass = manifest.getValue("Narthex-Update-Class");
      assertThat(updateClass == null ? "foundation" : updateClass)
          .as(module.folder())
          .isEqualTo(module.updateClass());
    }
  }

  @Test
  void allClassesLieUnderTheRootPackages() throws IOException {
    for (Module module : table().values()) {
      List<String> roots = List.of(module.rootPackages().split(", "));
      Path sources = Product.TREE.resolve(module.folder()).resolve("src/main/java");
      if (!Files.exists(sources)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
            .forEach(
                name ->
                    assertThat(roots)
                        .anyMatch(root -> name.equals(root) || name.startsWith(root + ".")));
      }
    }
  }

  private static Map<String, Module> table() throws IOException {
    Map<String, Module> modules = new TreeMap<>();
    Matcher row = ROW.matcher(read("kernel/docs/modules.md"));
    while (row.find()) {
      if (!row.group(1).equals("folder")) {
        modules.put(
            row.group(1),
            new Module(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5)));
      }
    }
    assertThat(modules).isNotEmpty();
    return modules;
  }

  private static Attributes manifest(Module module) throws IOException {
    try (Stream<Path> files = Files.list(Product.TREE.resolve(module.folder()).resolve("target"))) {
      Path jar =
          files
              .filter(
                  file ->
                      file.getFileName().toString().matches(module.artifactId() + "-[0-9].*\\.jar"))
              .filter(
                  file ->
                      !file.getFileName().toString().matches(".*-(sources|javadoc|tests)\\.jar"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(module.folder() + " is not built"));
      try (JarFile file = new JarFile(jar.toFile())) {
        return file.getManifest().getMainAttributes();
      }
    }
  }

  private static String read(String file) throws IOException {
    return Files.readString(Product.TREE.resolve(file));
  }
}
