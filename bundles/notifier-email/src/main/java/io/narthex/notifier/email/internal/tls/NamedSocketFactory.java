package io.narthex.notifier.email.internal.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Speaks TLS over sockets that are connected already. The name that the certificate must be for is
 * the configuration's, whatever name the caller gives.
 */
public final class NamedSocketFactory extends SSLSocketFactory {
  private final SSLSocketFactory sockets;
  private final String name;
  private final boolean verify;
  private final String[] protocols;

  NamedSocketFactory(SSLSocketFactory sockets, String name, boolean verify, String[] protocols) {
    this.sockets = sockets;
    this.name = name;
    this.verify = verify;
    this.protocols = protocols.clone();
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    SSLSocket secure = (SSLSocket) sockets.createSocket(socket, name, port, autoClose);
    SSLParameters parameters = secure.getSSLParameters();
    if (verify) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (isHostName()) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    parameters.setProtocols(protocols);
    secure.setSSLParameters(parameters);
    return secure;
  }

  private boolean isHostName() {
    return name.matches("[A-Za-z0-9._-]*[A-Za-z_-][A-Za-z0-9._-]*") && !name.endsWith(".");
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw unconnected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw unconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw unconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw unconnected();
  }

  private static IOException unconnected() {
    return new IOException("TLS is spoken over connections that are open already");
  }
}
