package io.narthex.api.config;

/**
 * A file of rules as it was when the configuration was loaded, so that what was checked is what
 * comes into force.
 *
 * @param path names it, for people and for the identity of its groups
 */
public record RuleFile(String path, String text) {}
