package io.narthex.http.client.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PemKeysTest {
  @ParameterizedTest
  @ValueSource(strings = {"client", "rsaclient"})
  void readsAllFormatsOfAKey(String alias) throws Exception {
    assertThat(PemKeys.privateKey("text\n" + Certificates.key(alias)))
        .isEqualTo(Certificates.privateKey(alias));
    assertThat(PemKeys.privateKey(Certificates.olderKey(alias)).getEncoded())
        .satisfies(
            encoded ->
                assertThat(PemKeys.privateKey(Certificates.pem("PRIVATE KEY", encoded)))
                    .isInstanceOf(Certificates.privateKey(alias).getClass()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519"})
  void readsEdwardsKeys(String algorithm) throws Exception {
    byte[] key =
        KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded();
    assertThat(PemKeys.privateKey(Certificates.pem("PRIVATE KEY", key)).getEncoded())
        .isEqualTo(key);
  }

  @Test
  void readsKeysBehindTheParametersOfTheirCurve() throws Exception {
    String parameters = Certificates.pem("EC PARAMETERS", new byte[] {6, 1, 1});
    assertThat(PemKeys.privateKey(parameters + Certificates.olderKey("client"))).isNotNull();
  }

  @Test
  void readsChainsAndSkipsWhatIsNoCertificate() {
    String broken = Certificates.pem("CERTIFICATE", new byte[] {1, 2});
    assertThat(
            PemKeys.certificates(
                "x" + broken + Certificates.chain("server") + Certificates.key("server")))
        .containsExactly(Certificates.certificate("server"), Certificates.certificate("ca"));
  }

  @ParameterizedTest
  @CsvSource({
    "ENCRYPTED PRIVATE KEY,the private key is encrypted; give it without a passphrase (openssl"
        + " pkey -in key.pem -out plain.pem)",
    "RSA PRIVATE KEY,failed to parse private key",
    "PRIVATE KEY,failed to parse private key",
    "EC PRIVATE KEY,failed to parse private key: the key's structure is broken",
    "ODD PRIVATE KEY,failed to parse private key",
    "CERTIFICATE,failed to find any PEM data in key input"
  })
  void saysWhyAKeyCannotBeRead(String type, String expected) {
    assertThatThrownBy(() -> PemKeys.privateKey(Certificates.pem(type, new byte[] {1, 2, 3})))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessage(expected);
  }

  @Test
  void refusesOldStyleEncryption() {
    String pem =
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,0102

        AQID
        -----END RSA PRIVATE KEY-----
        """;
    assertThatThrownBy(() -> PemKeys.privateKey(pem))
        .hasMessageStartingWith("the private key is encrypted");
  }

  @Test
  void brokenKeysAreErrorsAndNeverAnythingElse() {
    Random random = new Random(4);
    byte[] good = PemKeysTest.der(Certificates.olderKey("client"));
    int accepted = 0;
    int runs = 5000;
    for (int i = 0; i < runs; i++) {
      byte[] bytes = java.util.Arrays.copyOf(good, good.length - (random.nextInt(5) == 0 ? 1 : 0));
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        PemKeys.privateKey(Certificates.pem("EC PRIVATE KEY", bytes));
        accepted++;
      } catch (GeneralSecurityException e) {
        assertThat(e.getMessage()).startsWith("failed to parse private key");
      }
    }
    assertThat(accepted).isBetween(runs * 3 / 10, runs * 9 / 10);
  }

  private static byte[] der(String pem) {
    return Pem.blocks(pem).getFirst().der();
  }
}
