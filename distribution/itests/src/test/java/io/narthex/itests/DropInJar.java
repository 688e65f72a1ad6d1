package io.narthex.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes bundles as a stranger would: from source, against the published API, with a manifest. */
final class DropInJar {
  private final Map<String, String> headers = new TreeMap<>();
  private final Map<String, byte[]> entries = new TreeMap<>();

  private DropInJar(String name) {
    headers.put("Bundle-ManifestVersion", "2");
    headers.put("Bundle-SymbolicName", name);
    headers.put("Bundle-Version", "1.0.0");
  }

  static DropInJar named(String name) {
    return new DropInJar(name);
  }

  DropInJar header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Adds a class, compiled, and a component made of it. */
  DropInJar component(
      String className, String source, String service, Map<String, String> properties)
      throws IOException {
    compile(className, source);
    StringBuilder xml = new StringBuilder();
    xml.append(
        "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.4.0\" name=\"%s\">"
            .formatted(className));
    properties.forEach(
        (name, value) ->
            xml.append(
                "<property name=\"%s\" type=\"String\" value=\"%s\"/>".formatted(name, value)));
    xml.append("<service><provide interface=\"%s\"/></service>".formatted(service));
    xml.append("<implementation class=\"%s\"/></scr:component>".formatted(className));
    entries.put("OSGI-INF/component.xml", xml.toString().getBytes(StandardCharsets.UTF_8));
    headers.put("Service-Component", "OSGI-INF/component.xml");
    headers.put(
        "Require-Capability",
        "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.5.0)(!(version>=2.0.0)))\"");
    return this;
  }

  private void compile(String className, String source) throws IOException {
    Path work = Product.emptyFolder("compile");
    Path file = work.resolve(className.replace('.', '/') + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      StringWriter errors = new StringWriter();
      boolean done =
          compiler
              .getTask(
                  errors,
                  files,
                  null,
                  List.of("-d", work.toString(), "-cp", System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      if (!done) {
        throw new IllegalArgumentException("the drop-in does not compile: " + errors);
      }
    }
    try (Stream<Path> classes = Files.walk(work)) {
      for (Path path : classes.filter(p -> p.toString().endsWith(".class")).toList()) {
        entries.put(work.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
  }

  /** Writes the jar under a temporary name first, as one should. */
  void writeTo(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
    Path temporary = jar.resolveSibling(jar.getFileName() + ".tmp");
    try (OutputStream out = Files.newOutputStream(temporary);
        JarOutputStream packed = new JarOutputStream(out, manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        packed.putNextEntry(new JarEntry(entry.getKey()));
        packed.write(entry.getValue());
      }
    }
    Files.move(temporary, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
