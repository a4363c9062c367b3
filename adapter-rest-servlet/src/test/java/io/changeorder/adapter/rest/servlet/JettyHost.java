package io.changeorder.adapter.rest.servlet;

import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.contract.Shell;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.security.Credential;

/** A plain Jetty that has nothing but the servlet, and knows alice by a password. */
final class JettyHost implements Shell {
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private final Server server = new Server();
    private final ServerConnector connector;

    /** The servlet is all there is. */
    JettyHost(RestApi api, RequestAuthentication authentication) {
        this(api, authentication, "/", "/*");
    }

    JettyHost(RestApi api, RequestAuthentication authentication, String contextPath, String mapping) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(MAX_HEAD_BYTES);
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler(contextPath);
        context.addServlet(new ServletHolder(new ChangeorderServlet(api, authentication)), mapping);
        context.setSecurityHandler(passwords());
        server.setHandler(context);
        start();
    }

    private static ConstraintSecurityHandler passwords() {
        UserStore users = new UserStore();
        users.addUser("alice", Credential.getCredential("wonderland"), new String[0]);
        HashLoginService logins = new HashLoginService("host");
        logins.setUserStore(users);
        ConstraintSecurityHandler security = new ConstraintSecurityHandler();
        security.setAuthenticator(new BasicAuthenticator());
        security.setLoginService(logins);
        return security;
    }

    private void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new AssertionError("Jetty does not start", e);
        }
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public String mount() {
        return "";
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError("Jetty does not stop", e);
        }
    }
}
