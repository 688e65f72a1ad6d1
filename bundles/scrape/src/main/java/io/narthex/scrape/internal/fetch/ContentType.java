package io.narthex.scrape.internal.fetch;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides whether what a target sends can be parsed, with upstream's words where upstream refuses
 * it as well.
 */
public final class ContentType {
  /** The formats that are asked for, the best first. */
  public static final String ACCEPT =
      "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,"
          + "text/plain;version=0.0.4;q=0.5,*/*;q=0.4";

  private static final String NO_FALLBACK = " and no fallback_scrape_protocol specified for target";
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+/[!#$%&'*+.^_`|~0-9a-z-]+");
  private static final Set<String> NOT_YET =
      Set.of("application/openmetrics-text", "application/vnd.google.protobuf");

  private ContentType() {}

  /** Refuses everything that is not the text format. */
  public static void requireText(String contentType) throws FetchException {
    if (contentType.isEmpty()) {
      throw new FetchException(
          "non-compliant scrape target sending blank Content-Type" + NO_FALLBACK);
    }
    int semicolon = contentType.indexOf(';');
    String mediaType =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    if (mediaType.equals("text/plain")) {
      return;
    }
    if (!MEDIA_TYPE.matcher(mediaType).matches()) {
      throw new FetchException(
          "cannot parse Content-Type \"%s\" and no fallback_scrape_protocol for target"
              .formatted(contentType));
    }
    if (NOT_YET.contains(mediaType)) {
      throw new FetchException(
          "received Content-Type \"%s\", which this version of Narthex does not parse yet"
                  .formatted(contentType)
              + "; it parses text/plain");
    }
    throw new FetchException(
        "received unsupported Content-Type \"%s\"%s".formatted(contentType, NO_FALLBACK));
  }
}
