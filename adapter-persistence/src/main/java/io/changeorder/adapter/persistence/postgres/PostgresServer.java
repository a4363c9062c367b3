package io.changeorder.adapter.persistence.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Which database, and as whom. The password is in no text that this makes.
 *
 * @param url {@code jdbc:postgresql://host:port/database?parameter=value}, with the parameters of the PostgreSQL driver;
 *     theirs go before those that the store sets by itself
 * @param user empty where the URL or the system says who
 * @param password empty where none is needed
 */
public record PostgresServer(String url, String user, String password) {
    private static final String PREFIX = "jdbc:postgresql:";
    private static final Pattern SECRET = Pattern.compile("[?&](ssl)?password=|//[^/?]*@");
    private static final String CONNECT_SECONDS = "5";
    /** Longer than any statement may take. */
    private static final String SOCKET_SECONDS = "30";

    /** @throws IllegalArgumentException when it is another database's URL, or has a password in it */
    public PostgresServer {
        if (!url.startsWith(PREFIX)) {
            throw new IllegalArgumentException("the address of a PostgreSQL server begins with " + PREFIX);
        }
        if (SECRET.matcher(url.toLowerCase(Locale.ROOT)).find()) {
            throw new IllegalArgumentException(
                    "there is a password in the address of the PostgreSQL server, where others can read it; give it"
                            + " apart from the address");
        }
    }

    /** A connection of its own, which the caller closes. */
    Connection connect() throws SQLException {
        Properties properties = properties();
        if (!user.isEmpty()) {
            properties.setProperty(PGProperty.USER.getName(), user);
        }
        if (!password.isEmpty()) {
            properties.setProperty(PGProperty.PASSWORD.getName(), password);
        }
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("the PostgreSQL driver does not know this address");
        }
        return connection;
    }

    /** So that a network that is dead is noticed. What the URL says goes before. */
    static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty(PGProperty.CONNECT_TIMEOUT.getName(), CONNECT_SECONDS);
        properties.setProperty(PGProperty.SOCKET_TIMEOUT.getName(), SOCKET_SECONDS);
        properties.setProperty(PGProperty.TCP_KEEP_ALIVE.getName(), "true");
        properties.setProperty(PGProperty.APPLICATION_NAME.getName(), "changeorder");
        return properties;
    }

    @Override
    public String toString() {
        return "PostgresServer[" + url + "]";
    }
}
