package io.narthex.http.client.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates for one run of the tests, by their alias; all but one are signed by {@code ca}. */
public final class Certificates {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final byte[] ECDSA_SHA256 = oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2);
  private static final byte[] COMMON_NAME = oid(0x55, 4, 3);
  private static final byte[] OTHER_NAMES = oid(0x55, 0x1d, 0x11);
  private static final byte[] CONSTRAINTS = oid(0x55, 0x1d, 0x13);
  private static final byte[] USAGE = oid(0x55, 0x1d, 0x25);
  private static final byte[] CLIENT_AUTH = oid(0x2b, 6, 1, 5, 5, 7, 3, 2);
  private static final byte[] TRUE = {1, 1, (byte) 0xff};
  private static final byte[] LOOPBACK = Der.tagged(0x87, new byte[] {127, 0, 0, 1});
  private static final Map<String, Entry> MADE = new HashMap<>();
  private static int serial = 1;

  private record Entry(PrivateKey key, List<X509Certificate> chain) {}

  static {
    byte[] authority =
        Der.tagged(0x30, Der.joined(CONSTRAINTS, TRUE, Der.tagged(4, Der.tagged(0x30, TRUE))));
    make("ca", "ca", "EC", -10, 10, authority);
    make("server", "ca", "RSA", -1, 1, names(LOOPBACK, dns("localhost"), dns("*.wild.test")));
    make("ecserver", "ca", "EC", -1, 1, names(LOOPBACK));
    make("expired", "ca", "EC", -10, -5, names(LOOPBACK));
    make("future", "ca", "EC", 5, 10, names(LOOPBACK));
    make("elsewhere", "ca", "EC", -1, 1, names(dns("a.test"), dns("b.test")));
    make("unnamed", "ca", "EC", -1, 1);
    make("clientonly", "ca", "EC", -1, 1, names(LOOPBACK), clientAuth());
    make("client", "ca", "EC", -1, 1, clientAuth());
    make("rsaclient", "ca", "RSA", -1, 1, clientAuth());
    make("selfsigned", "selfsigned", "EC", -1, 1, names(LOOPBACK));
  }

  private Certificates() {}

  private static void make(
      String alias, String issuer, String algorithm, int fromDay, int toDay, byte[]... extensions) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(algorithm.equals("EC") ? 256 : 2048);
      KeyPair pair = generator.generateKeyPair();
      Entry signer = MADE.get(issuer);
      PrivateKey signing = signer == null ? pair.getPrivate() : signer.key();
      byte[] signatureAlgorithm = Der.tagged(0x30, ECDSA_SHA256);
      byte[] content =
          Der.tagged(
              0x30,
              Der.joined(
                  Der.tagged(0xa0, new byte[] {2, 1, 2}),
                  new byte[] {2, 1, (byte) serial++},
                  signatureAlgorithm,
                  name(issuer),
                  Der.tagged(0x30, Der.joined(time(fromDay), time(toDay))),
                  name(alias),
                  pair.getPublic().getEncoded(),
                  extensions.length == 0
                      ? new byte[0]
                      : Der.tagged(0xa3, Der.tagged(0x30, Der.joined(extensions)))));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(signing);
      signature.update(content);
      byte[] bits = Der.tagged(3, Der.joined(new byte[] {0}, signature.sign()));
      byte[] der = Der.tagged(0x30, Der.joined(content, signatureAlgorithm, bits));
      List<X509Certificate> chain = new ArrayList<>();
      chain.add(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der)));
      if (signer != null) {
        chain.addAll(signer.chain());
      }
      MADE.put(alias, new Entry(pair.getPrivate(), chain));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] oid(int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return Der.tagged(6, content);
  }

  private static byte[] name(String common) {
    byte[] value = Der.tagged(12, common.getBytes(StandardCharsets.UTF_8));
    return Der.tagged(0x30, Der.tagged(0x31, Der.tagged(0x30, Der.joined(COMMON_NAME, value))));
  }

  private static byte[] time(int days) {
    String text =
        DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(Instant.now().plus(days, ChronoUnit.DAYS));
    return Der.tagged(23, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] dns(String name) {
    return Der.tagged(0x82, name.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] names(byte[]... names) {
    return Der.tagged(
        0x30, Der.joined(OTHER_NAMES, Der.tagged(4, Der.tagged(0x30, Der.joined(names)))));
  }

  private static byte[] clientAuth() {
    return Der.tagged(0x30, Der.joined(USAGE, Der.tagged(4, Der.tagged(0x30, CLIENT_AUTH))));
  }

  /** A certificate with those above it, as PEM. */
  public static String chain(String alias) {
    try {
      StringBuilder out = new StringBuilder();
      for (X509Certificate certificate : entry(alias).chain()) {
        out.append(pem("CERTIFICATE", certificate.getEncoded()));
      }
      return out.toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static X509Certificate certificate(String alias) {
    return entry(alias).chain().getFirst();
  }

  public static PrivateKey privateKey(String alias) {
    return entry(alias).key();
  }

  private static Entry entry(String alias) {
    Entry entry = MADE.get(alias);
    if (entry == null) {
      throw new IllegalArgumentException(alias);
    }
    return entry;
  }

  /** The key as PKCS#8. */
  public static String key(String alias) {
    return pem("PRIVATE KEY", privateKey(alias).getEncoded());
  }

  /** The key as openssl writes the older formats: PKCS#1 or SEC 1. */
  public static String olderKey(String alias) {
    PrivateKey key = privateKey(alias);
    if (key instanceof ECPrivateKey ec) {
      return pem("EC PRIVATE KEY", sec1(ec));
    }
    byte[] pkcs8 = key.getEncoded();
    // The last element of the outer sequence is the octet string that holds the PKCS#1 key.
    int algorithm = 26;
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, algorithm, pkcs8.length));
  }

  private static byte[] sec1(ECPrivateKey key) {
    byte[] number = key.getS().toByteArray();
    int size = (key.getParams().getOrder().bitLength() + 7) / 8;
    byte[] padded = new byte[size];
    int count = Math.min(size, number.length);
    System.arraycopy(number, number.length - count, padded, size - count, count);
    byte[] pkcs8 = key.getEncoded();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(new byte[] {2, 1, 1});
    content.writeBytes(element(4, padded));
    content.writeBytes(element(0xa0, curve(pkcs8)));
    return element(0x30, content.toByteArray());
  }

  /** The curve's identifier, which follows that of EC keys in general. */
  private static byte[] curve(byte[] pkcs8) {
    byte[] ec = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
    for (int i = 0; i < pkcs8.length - ec.length; i++) {
      if (Arrays.equals(ec, Arrays.copyOfRange(pkcs8, i, i + ec.length))) {
        int at = i + ec.length;
        return Arrays.copyOfRange(pkcs8, at, at + 2 + pkcs8[at + 1]);
      }
    }
    throw new IllegalStateException("no EC key");
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  public static String pem(String type, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), type);
  }

  /** How a server with this certificate speaks TLS; it trusts the authority. */
  public static SSLContext server(String alias) {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry(
          alias, privateKey(alias), PASSWORD, entry(alias).chain().toArray(X509Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, PASSWORD);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", certificate("ca"));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
