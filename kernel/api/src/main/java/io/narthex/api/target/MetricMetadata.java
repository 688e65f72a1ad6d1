package io.narthex.api.target;

/**
 * What a target says about a metric family.
 *
 * @param family its name
 * @param type as upstream names it: {@code counter}, {@code gauge}, {@code histogram}, {@code
 *     gaugehistogram}, {@code summary}, {@code info}, {@code stateset} or {@code unknown}
 * @param unit or {@code ""}
 * @param help or {@code ""}
 */
public record MetricMetadata(String family, String type, String unit, String help) {}
