package io.narthex.config.internal.schema;

/** What becomes of the keys of HTTP clients once they are read, as upstream shows them. */
final class HttpSettings {
  private static final String AUTHORIZATION = "authorization";
  private static final String BEARER = "Bearer";

  private HttpSettings() {}

  /** Bearer tokens of old files are an authorization; an authorization has a type. */
  static void complete(Settings settings, StructReader reader) {
    boolean token = settings.has("bearer_token");
    boolean file = settings.has("bearer_token_file");
    if ((token || file) && settings.child(AUTHORIZATION).isEmpty()) {
      Settings authorization = reader.zero(AUTHORIZATION, settings.section());
      authorization.set("credentials", settings.get("bearer_token"));
      authorization.set("credentials_file", settings.get("bearer_token_file"));
      settings.set("bearer_token", new Setting.Text(""));
      settings.set("bearer_token_file", new Setting.Text(""));
      settings.set(AUTHORIZATION, new Setting.Group(authorization, true));
    }
    settings
        .child(AUTHORIZATION)
        .ifPresent(
            authorization -> {
              String type = authorization.text("type").strip();
              authorization.set("type", new Setting.Text(type.isEmpty() ? BEARER : type));
            });
  }
}
