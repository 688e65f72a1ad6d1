package io.narthex.ui.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AssetFolderTest {
  private static AssetFolder site() {
    return AssetFolder.open(AssetFolderTest.class, "site").orElseThrow();
  }

  @Test
  void aFolderWithoutAListIsNone() {
    assertThat(AssetFolder.open(AssetFolderTest.class, "nowhere")).isEmpty();
  }

  @Test
  void namesWhatIsWrongInTheList() {
    assertThatThrownBy(() -> AssetFolder.open(AssetFolderTest.class, "site-bad-list"))
        .hasMessage(
            "files.tsv: a line has name, size, compressed size and digest, got \"index.html\t3\"");
    assertThatThrownBy(() -> new Asset("assets/font.woff2", 1, 1, "00"))
        .hasMessage("no content type is known for the page file assets/font.woff2");
  }

  @Test
  void keepsOnlyTheCompressedBytes() throws Exception {
    AssetFolder site = site();
    Asset script = site.assets().get("assets/app-1a2b3c4d.js");
    assertThat(site.compressedIfRead(script)).isNull();
    assertThat(site.plain(script).length()).isEqualTo(script.size());
    assertThat(site.compressedIfRead(script).length()).isEqualTo(script.compressedSize());
    assertThat(site.compressed(script)).isSameAs(site.compressedIfRead(script));
    assertThat(site.plain(script)).isNotSameAs(site.plain(script));
  }
}
