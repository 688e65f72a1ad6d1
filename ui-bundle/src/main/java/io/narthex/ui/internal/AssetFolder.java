package io.narthex.ui.internal;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the pages as the build left them in the bundle: compressed, with a list. A file is
 * read when it is first asked for, and its compressed bytes are kept from then on.
 */
final class AssetFolder {
  /** One file a line: name, size, compressed size, digest, with tabs between. */
  private static final String LIST = "files.tsv";

  private final Class<?> owner;
  private final String folder;
  private final Map<String, Asset> assets;
  private final Map<Asset, Buffer> compressed = new ConcurrentHashMap<>();

  private AssetFolder(Class<?> owner, String folder, Map<String, Asset> assets) {
    this.owner = owner;
    this.folder = folder;
    this.assets = assets;
  }

  /**
   * Reads the list of a folder.
   *
   * @param owner lies beside the folder
   * @return empty if there is none: a build without the pages
   */
  static Optional<AssetFolder> open(Class<?> owner, String folder) {
    try (InputStream in = owner.getResourceAsStream(folder + "/" + LIST)) {
      if (in == null) {
        return Optional.empty();
      }
      Map<String, Asset> assets = new LinkedHashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(AssetFolder::parse)
          .forEach(asset -> assets.put(asset.name(), asset));
      return Optional.of(new AssetFolder(owner, folder, assets));
    } catch (IOException e) {
      throw new IllegalStateException("the list of the pages' files cannot be read", e);
    }
  }

  private static Asset parse(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != 4) {
      throw new IllegalStateException(
          "%s: a line has name, size, compressed size and digest, got \"%s\""
              .formatted(LIST, line));
    }
    return new Asset(
        fields[0], Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), fields[3]);
  }

  /** The files by their names. */
  Map<String, Asset> assets() {
    return Map.copyOf(assets);
  }

  /** The compressed bytes if they were read before; does not block. */
  @Nullable Buffer compressedIfRead(Asset asset) {
    return compressed.get(asset);
  }

  /** The compressed bytes; reads the file if that was not done yet. */
  Buffer compressed(Asset asset) throws IOException {
    Buffer known = compressed.get(asset);
    if (known != null) {
      return known;
    }
    Buffer read = Buffer.buffer(read(asset));
    compressed.put(asset, read);
    return read;
  }

  /** The bytes as they are, made anew each time: hardly a client asks for them. */
  Buffer plain(Asset asset) throws IOException {
    byte[] bytes = compressed(asset).getBytes();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return Buffer.buffer(in.readAllBytes());
    }
  }

  private byte[] read(Asset asset) throws IOException {
    String path = folder + "/" + asset.name() + ".gz";
    try (InputStream in = owner.getResourceAsStream(path)) {
      if (in == null) {
        throw new FileNotFoundException("the bundle has no file %s".formatted(path));
      }
      return in.readAllBytes();
    }
  }
}
