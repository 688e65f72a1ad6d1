package io.narthex.api.http;

import org.osgi.annotation.versioning.ProviderType;

/** Makes HTTP clients. May be used from any thread. */
@ProviderType
public interface HttpClients {
  /**
   * A client with connections of its own, kept alive between requests. It works on the platform's
   * event loops; who opens it closes it.
   *
   * @param purpose appears in log lines, for example a job's name
   */
  HttpSession open(String purpose, HttpClientConfig config);
}
