package io.narthex.itests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The rules of the house, checked on the jars of the product. */
class ArchitectureIT {
  private static final String ROOT = "io.narthex.";

  private static List<Path> jars;
  private static JavaClasses all;

  @BeforeAll
  static void read() throws java.io.IOException {
    jars =
        Stream.concat(
                Product.systemJars().stream(),
                Stream.of(Product.HOME.resolve("lib/narthex-launcher-%s.jar".formatted(version()))))
            .filter(jar -> jar.getFileName().toString().startsWith("narthex-"))
            .toList();
    all =
        new ClassFileImporter()
            .importJars(open(jars))
            .that(DescribedPredicate.describe("ours", ArchitectureIT::isOurs));
    assertThat(all.size()).as("classes read").isGreaterThan(200);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.narthex.(**)").should().beFreeOfCycles().check(all);
  }

  @Test
  void noBundleReachesIntoAnother() {
    classes()
        .should(
            new ArchCondition<>("use only their own bundle, the API and the SPI") {
              @Override
              public void check(JavaClass from, ConditionEvents events) {
                from.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> isOurs(dependency.getTargetClass()))
                    .filter(dependency -> !mayUse(from, dependency.getTargetClass()))
                    .forEach(
                        dependency ->
                            events.add(
                                SimpleConditionEvent.violated(from, dependency.getDescription())));
              }
            })
        .check(all);
  }

  @Test
  void theApiUsesNoLibraryButVertxForRoutes() {
    noClasses()
        .that()
        .resideInAnyPackage("io.narthex.api..", "io.narthex.spi..")
        .and()
        .resideOutsideOfPackages("io.narthex.spi.http", "io.narthex.api.yaml")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..", "io.narthex.api..", "io.narthex.spi..", "org.osgi..", "org.jspecify..")
        .check(all);
    // The YAML reader is inside; what others see has no type of it.
    noClasses()
        .that()
        .resideInAPackage("io.narthex.api.yaml")
        .and()
        .arePublic()
        .should()
        .beAssignableTo(JavaClass.Predicates.resideInAPackage("org.yaml.snakeyaml.."))
        .check(all);
    noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAPackage("io.narthex.api.yaml")
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .haveRawReturnType(JavaClass.Predicates.resideInAPackage("org.yaml.snakeyaml.."))
        .check(all);
  }

  @Test
  void noComponentRefersDirectlyToAServiceOfADropIn() throws Exception {
    List<String> references = new ArrayList<>();
    for (Path jar : jars) {
      for (Element reference : componentElements(jar, "reference")) {
        boolean throughServiceObjects =
            reference.getAttribute("field-collection-type").equals("serviceobjects")
                || takesServiceObjects(reference);
        if (reference.getAttribute("interface").startsWith("io.narthex.spi.")
            && !throughServiceObjects) {
          references.add(jar.getFileName() + ": " + reference.getAttribute("interface"));
        }
      }
    }
    assertThat(references).isEmpty();
  }

  @Test
  void nobodyStartsBundlesOrKeepsThreadLocals() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.narthex.lib..")
        .should()
        .implement("org.osgi.framework.BundleActivator")
        .check(all);
    noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class).check(all);
  }

  @Test
  void namesSaySomething() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..misc..")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .check(all);
  }

  @Test
  void eachPackageIsInOneJarOnly() throws Exception {
    Map<String, Path> homes = new TreeMap<>();
    List<String> split = new ArrayList<>();
    for (Path jar : jars) {
      try (JarFile file = new JarFile(jar.toFile())) {
        file.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.startsWith("io/narthex/") && name.endsWith(".class"))
            .map(name -> name.substring(0, name.lastIndexOf('/')))
            .distinct()
            .forEach(
                name -> {
                  Path other = homes.putIfAbsent(name, jar);
                  if (other != null) {
                    split.add(
                        "%s is in %s and %s"
                            .formatted(name, other.getFileName(), jar.getFileName()));
                  }
                });
      }
    }
    assertThat(split).isEmpty();
  }

  private static List<JarFile> open(List<Path> paths) throws java.io.IOException {
    List<JarFile> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(new JarFile(path.toFile()));
    }
    return files;
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith(ROOT);
  }

  private static boolean mayUse(JavaClass from, JavaClass to) {
    String target = to.getPackageName();
    return target.startsWith(ROOT + "api.")
        || target.startsWith(ROOT + "spi.")
        || target.startsWith(ROOT + "lib.")
        || module(from).equals(module(to));
  }

  /** The package above {@code internal} is the module's. */
  private static String module(JavaClass type) {
    String name = type.getPackageName();
    int internal = name.indexOf(".internal");
    if (internal >= 0) {
      return name.substring(0, internal);
    }
    return name.startsWith(ROOT + "launcher") ? ROOT + "launcher" : name;
  }

  /** Whether the component gets the service's objects and not the service. */
  private static boolean takesServiceObjects(Element reference) {
    JavaClass component = all.get(componentClass(reference));
    if (reference.hasAttribute("parameter")) {
      int index = Integer.parseInt(reference.getAttribute("parameter"));
      return component.getConstructors().stream()
          .filter(constructor -> constructor.getRawParameterTypes().size() > index)
          .allMatch(constructor -> isServiceObjects(constructor.getRawParameterTypes().get(index)));
    }
    return component.getMethods().stream()
        .filter(method -> method.getName().equals(reference.getAttribute("bind")))
        .map(method -> method.getRawParameterTypes().getFirst())
        .reduce((first, second) -> isServiceObjects(first) ? second : first)
        .filter(ArchitectureIT::isServiceObjects)
        .isPresent();
  }

  private static boolean isServiceObjects(JavaClass type) {
    return type.getName().equals("org.osgi.service.component.ComponentServiceObjects");
  }

  private static String componentClass(Element reference) {
    Element component = (Element) reference.getParentNode();
    return ((Element) component.getElementsByTagName("implementation").item(0))
        .getAttribute("class");
  }

  private static List<Element> componentElements(Path jar, String tag) throws Exception {
    List<Element> elements = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (var entry :
          file.stream().filter(e -> e.getName().matches("OSGI-INF/.*\\.xml")).toList()) {
        Document xml =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.getInputStream(entry));
        NodeList found = xml.getElementsByTagName(tag);
        for (int i = 0; i < found.getLength(); i++) {
          elements.add((Element) found.item(i));
        }
      }
    }
    return elements;
  }

  private static String version() {
    try (Stream<Path> files = java.nio.file.Files.list(Product.HOME.resolve("lib"))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("narthex-launcher-"))
          .map(
              name -> name.substring("narthex-launcher-".length(), name.length() - ".jar".length()))
          .findFirst()
          .orElseThrow();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
