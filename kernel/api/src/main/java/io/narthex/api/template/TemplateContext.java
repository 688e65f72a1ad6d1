package io.narthex.api.template;

import io.narthex.api.error.NarthexException;
import io.narthex.api.query.QueryValue;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** What the functions of a template reach besides its data. */
@ConsumerType
public interface TemplateContext {
  /** The URL under which the server is known outside. */
  String externalUrl();

  /** When the expansion happens. */
  Instant now();

  /**
   * Answers {@code query}: an instant query at the time of the evaluation.
   *
   * @throws NarthexException if the query fails
   */
  List<QueryValue.Sample> query(String expression);
}
