package io.narthex.spi.notify.support;

import io.narthex.api.model.Labels;
import io.narthex.api.template.TemplateObject;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.NotifiedAlert;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the dot is in a receiver's templates: upstream's fields of a notification, by upstream's
 * names.
 *
 * @param receiver the receiver's name, with what is special in regular expressions escaped
 * @param status {@code firing} if any of the alerts fires, else {@code resolved}
 * @param notificationReason why now
 * @param groupLabels by which the group was made
 * @param commonLabels what all the alerts have
 * @param commonAnnotations what all the alerts have
 * @param routeLabels empty: routes have no labels yet
 * @param externalUrl where the Alertmanager is known outside
 */
public record NotificationData(
    String receiver,
    String status,
    AlertList alerts,
    String notificationReason,
    KeyValues groupLabels,
    KeyValues commonLabels,
    KeyValues commonAnnotations,
    KeyValues routeLabels,
    String externalUrl)
    implements TemplateObject {
  private static final Set<String> MEMBERS =
      Set.of(
          "Receiver",
          "Status",
          "Alerts",
          "NotificationReason",
          "GroupLabels",
          "CommonLabels",
          "CommonAnnotations",
          "RouteLabels",
          "ExternalURL");

  private static final Pattern SPECIAL = Pattern.compile("[\\\\.+*?()|\\[\\]{}^$]");

  /** A notification with all its alerts. */
  public static NotificationData of(Notification notification) {
    return of(notification, notification.alerts());
  }

  /** A notification of which only these alerts are shown: status and what is common are theirs. */
  public static NotificationData of(Notification notification, List<NotifiedAlert> alerts) {
    boolean firing = alerts.stream().anyMatch(NotifiedAlert::firing);
    return new NotificationData(
        SPECIAL.matcher(notification.receiver()).replaceAll("\\\\$0"),
        firing ? NotifiedAlert.FIRING : NotifiedAlert.RESOLVED,
        AlertList.of(alerts),
        notification.reason(),
        new KeyValues(notification.groupLabels()),
        new KeyValues(CommonLabels.of(alerts.stream().map(NotifiedAlert::labels).toList())),
        new KeyValues(CommonLabels.of(alerts.stream().map(NotifiedAlert::annotations).toList())),
        new KeyValues(Labels.EMPTY),
        notification.externalUrl());
  }

  @Override
  public String typeName() {
    return "*template.Data";
  }

  @Override
  public boolean has(String member) {
    return MEMBERS.contains(member);
  }

  @Override
  public @Nullable Object get(String member, List<Object> arguments) {
    new MemberArguments(member, arguments).none();
    return switch (member) {
      case "Receiver" -> receiver;
      case "Status" -> status;
      case "Alerts" -> alerts;
      case "NotificationReason" -> notificationReason;
      case "GroupLabels" -> groupLabels;
      case "CommonLabels" -> commonLabels;
      case "CommonAnnotations" -> commonAnnotations;
      case "RouteLabels" -> routeLabels;
      case "ExternalURL" -> externalUrl;
      default -> throw MemberArguments.unknown(this, member);
    };
  }
}
