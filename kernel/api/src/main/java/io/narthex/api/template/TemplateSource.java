package io.narthex.api.template;

/**
 * The text of a template.
 *
 * @param name appears in errors, for example a file's name
 */
public record TemplateSource(String name, String text) {}
