package io.narthex.spi.notify.support;

import io.narthex.api.error.NarthexException;
import io.narthex.api.query.QueryValue;
import io.narthex.api.template.TemplateContext;
import io.narthex.api.template.TemplateErrors;
import io.narthex.spi.notify.Notification;
import java.time.Instant;
import java.util.List;

/** What the functions of a receiver's templates reach: there are no queries. */
public record NotificationContext(String externalUrl, Instant now) implements TemplateContext {
  /** For one notification. */
  public static NotificationContext of(Notification notification) {
    return new NotificationContext(notification.externalUrl(), notification.time());
  }

  @Override
  public List<QueryValue.Sample> query(String expression) {
    throw new NarthexException(
        TemplateErrors.EXECUTE, "templates of receivers cannot query; rules can");
  }
}
