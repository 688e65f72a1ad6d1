package io.narthex.scrape.internal.fetch;

/**
 * What a target exposed, as it came: perhaps compressed. Belongs to who got it.
 *
 * @param contentType as the target said, or {@code ""}
 * @param gzip whether the bytes are compressed
 */
public record Body(ByteSink bytes, String contentType, boolean gzip) {}
