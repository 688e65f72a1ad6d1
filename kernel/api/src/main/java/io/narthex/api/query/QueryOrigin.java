package io.narthex.api.query;

/** Who asks: each has threads of its own in the engine, so that neither starves the other. */
public enum QueryOrigin {
  /** Somebody outside, by the HTTP API. */
  REQUEST,
  /** A rule. */
  RULE
}
