package io.narthex.http.client.internal.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom the machine trusts: the files and folders that upstream reads, so that a company's own
 * authority that was added to the system counts here as well; where there are none and no variable
 * names others, the JDK's list.
 */
public final class PlatformTrust {
  private static final List<Path> FILES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/pki/tls/cacert.pem"),
          Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));
  private static final List<Path> FOLDERS =
      List.of(Path.of("/etc/ssl/certs"), Path.of("/etc/pki/tls/certs"));

  private final UnaryOperator<@Nullable String> environment;
  private @Nullable List<X509Certificate> known;

  /**
   * Nothing is read yet.
   *
   * @param environment the process's variables; gives null for those that are not set
   */
  public PlatformTrust(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  /** The authorities, read once in a process's life, as in upstream. Blocks. */
  public synchronized List<X509Certificate> anchors() throws GeneralSecurityException {
    List<X509Certificate> anchors = known == null ? List.copyOf(read()) : known;
    known = anchors;
    return anchors;
  }

  private List<X509Certificate> read() throws GeneralSecurityException {
    List<Path> files = given(environment.apply("SSL_CERT_FILE"), FILES);
    List<Path> folders = given(environment.apply("SSL_CERT_DIR"), FOLDERS);
    List<X509Certificate> anchors = new ArrayList<>(firstOf(files));
    if (anchors.isEmpty() || environment.apply("SSL_CERT_DIR") != null) {
      for (Path folder : folders) {
        anchors.addAll(inFolder(folder));
      }
    }
    // Who names files means these and nobody else.
    boolean told = isSet("SSL_CERT_FILE") || isSet("SSL_CERT_DIR");
    return anchors.isEmpty() && !told ? ofTheJdk() : anchors;
  }

  private boolean isSet(String name) {
    String value = environment.apply(name);
    return value != null && !value.isEmpty();
  }

  private static List<Path> given(@Nullable String variable, List<Path> usual) {
    return variable == null || variable.isEmpty()
        ? usual
        : Arrays.stream(variable.split(":")).map(Path::of).toList();
  }

  private static List<X509Certificate> firstOf(List<Path> files) {
    for (Path file : files) {
      List<X509Certificate> anchors = inFile(file);
      if (!anchors.isEmpty()) {
        return anchors;
      }
    }
    return List.of();
  }

  private static List<X509Certificate> inFile(Path file) {
    try {
      return PemKeys.certificates(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<X509Certificate> inFolder(Path folder) {
    List<X509Certificate> anchors = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry)) {
          anchors.addAll(inFile(entry));
        }
      }
    } catch (IOException e) {
      return anchors;
    }
    return anchors;
  }

  private static List<X509Certificate> ofTheJdk() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return List.of(x509.getAcceptedIssuers());
      }
    }
    return List.of();
  }
}
