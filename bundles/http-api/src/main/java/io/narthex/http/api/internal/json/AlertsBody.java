package io.narthex.http.api.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.rules.ActiveAlert;
import io.narthex.http.api.internal.json.DataBody.DataWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The answer of {@code /alerts}, and alerts within other answers. */
public final class AlertsBody {
  private static final int ALERTS_A_PIECE = 8;

  private AlertsBody() {}

  /** A body with these alerts, in this order. */
  public static ChunkedBody of(List<ActiveAlert> alerts) {
    List<DataWriter> pieces = new ArrayList<>();
    pieces.add(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("alerts");
        });
    addPieces(pieces, alerts);
    pieces.add(
        json -> {
          json.writeEndArray();
          json.writeEndObject();
        });
    return new PieceBody(pieces);
  }

  /** Adds the pieces that write alerts into an array. */
  static void addPieces(List<DataWriter> pieces, List<ActiveAlert> alerts) {
    NumberText number = new NumberText();
    for (int from = 0; from < alerts.size(); from += ALERTS_A_PIECE) {
      List<ActiveAlert> some = alerts.subList(from, Math.min(alerts.size(), from + ALERTS_A_PIECE));
      pieces.add(
          json -> {
            for (ActiveAlert alert : some) {
              write(json, alert, number);
            }
          });
    }
  }

  private static void write(JsonGenerator json, ActiveAlert alert, NumberText number)
      throws IOException {
    json.writeStartObject();
    JsonLabels.writeField(json, "labels", alert.labels());
    JsonLabels.writeField(json, "annotations", alert.annotations());
    json.writeStringField("state", alert.state().name().toLowerCase(Locale.ROOT));
    json.writeStringField("activeAt", GoTime.format(alert.activeAt()));
    if (alert.keepFiringSince().isPresent()) {
      json.writeStringField("keepFiringSince", GoTime.format(alert.keepFiringSince().get()));
    }
    number.scientific(alert.value());
    json.writeStringField("value", number.toString());
    json.writeEndObject();
  }
}
